using System.Numerics;
using ActorFinance.Analysis.Networks;

namespace ActorFinance.Analysis.Tests.Networks;

/// <summary>
/// The naive version of a length-bounded flow: every simple path a column, every arc a row, the simplex method in fractions of big integers
/// with the rule that cannot circle (Bland 1977: the first column that gains, the first row that binds).
/// </summary>
internal static class AllPaths
{
    public static double Best(SparseGraph<Int128> graph, int source, int sink, int arcsMax)
    {
        var paths = new List<int[]>();
        Extend(source, []);
        var (rows, columns) = (graph.ArcCount, paths.Count + graph.ArcCount);

        // The last column holds what is left of each arc, the last row what a unit more of each column would gain, negated.
        var cells = new Rational[rows + 1, columns + 1];
        for (var row = 0; row <= rows; row++)
        {
            for (var column = 0; column <= columns; column++)
            {
                cells[row, column] = Rational.Of(
                    row == rows ? (column < paths.Count ? -1 : 0)
                    : column == columns ? (BigInteger)graph.Weights[row]
                    : column < paths.Count ? (paths[column].Contains(row) ? 1 : 0)
                    : column - paths.Count == row ? 1 : 0);
            }
        }

        var basis = Enumerable.Range(paths.Count, rows).ToArray();
        while (Enumerable.Range(0, columns).FirstOrDefault(column => cells[rows, column].Sign < 0, -1) is >= 0 and var entering)
        {
            var leaving = -1;
            for (var row = 0; row < rows; row++)
            {
                if (cells[row, entering].Sign <= 0)
                {
                    continue;
                }

                var order = leaving < 0 ? -1 : (cells[row, columns] / cells[row, entering] - cells[leaving, columns] / cells[leaving, entering]).Sign;
                if (order < 0 || (order == 0 && basis[row] < basis[leaving]))
                {
                    leaving = row;
                }
            }

            Pivot(cells, leaving, entering);
            basis[leaving] = entering;
        }

        return cells[rows, columns].ToDouble();

        void Extend(int node, int[] path)
        {
            if (node == sink)
            {
                paths.Add(path);
                return;
            }

            for (var arc = graph.FirstArcs[node]; arc < graph.FirstArcs[node + 1] && path.Length < arcsMax; arc++)
            {
                var target = graph.Targets[arc];
                if (target != source && target != node && !path.Any(earlier => graph.Targets[earlier] == target))
                {
                    Extend(target, [.. path, arc]);
                }
            }
        }
    }

    private static void Pivot(Rational[,] cells, int row, int column)
    {
        var pivot = cells[row, column];
        for (var j = 0; j < cells.GetLength(1); j++)
        {
            cells[row, j] /= pivot;
        }

        for (var i = 0; i < cells.GetLength(0); i++)
        {
            var factor = cells[i, column];
            for (var j = 0; i != row && factor.Sign != 0 && j < cells.GetLength(1); j++)
            {
                cells[i, j] -= factor * cells[row, j];
            }
        }
    }
}
