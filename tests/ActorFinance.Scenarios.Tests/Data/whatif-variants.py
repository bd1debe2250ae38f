"""The letter of intent as if signed, worked out apart: exact fractions, one list of payments a variant.

bn USD and shares. Nothing of ActorFinance is used. Usage: python3 whatif-variants.py > whatif-variants.csv"""
from fractions import Fraction as F
import calendar, datetime as dt, sys, csv

START = dt.date(2026, 1, 1)
NEVER = None

def half_even(x):
    n = x.numerator // x.denominator
    r = x - n
    if r > F(1, 2) or (r == F(1, 2) and n % 2): n += 1
    return n

def months(d, m):
    last = d.day == calendar.monthrange(d.year, d.month)[1]
    y, mo = divmod(d.year * 12 + d.month - 1 + m, 12)
    mo += 1
    end = calendar.monthrange(y, mo)[1]
    return dt.date(y, mo, end if last else min(d.day, end))

class Tranche:
    def __init__(s, k):
        s.k = k
        s.money_on = s.goods_on = months(dt.date(2026, 12, 31), 6 * (k - 1))
        s.money = F(10)            # bn in cash
        s.money_kind = F(0)        # bn in kind
        s.goods = F(10)
        s.goods_kind = F(0)
        s.rent = F(0)              # paid as a fee
        s.price = F(1, 2) * F(11, 10) ** (k - 1)   # bn per million shares
        s.paid = s.bought = True
        s.shares = None            # else from price

def base():
    return dict(t=[Tranche(k) for k in range(1, 11)], more=[], note='')

def shares_of(t):
    return t.shares if t.shares is not None else half_even((t.money + t.money_kind) / t.price * 10**6)

def figures(v):
    flows = [(START, -2, 'world', 'nvidia', F(60), 'opening'), (START, -1, 'world', 'openai', F(40), 'opening')]
    issued = []
    for t in v['t']:
        if t.paid:
            if t.money: flows.append((t.money_on, t.k * 10, 'nvidia', 'openai', t.money, 'investment'))
            issued.append((t.money_on, t.k, shares_of(t)))
        if t.bought:
            if t.goods: flows.append((t.goods_on, t.k * 10 + 1, 'openai', 'nvidia', t.goods, 'purchase'))
            if t.rent: flows.append((t.goods_on, t.k * 10 + 1, 'openai', 'nvidia', t.rent, 'fee'))
    flows += v['more']
    flows.sort(key=lambda f: (f[0], f[1]))
    cash = dict(nvidia=F(0), openai=F(0)); low = {}; first = {}
    for (d, r, a, b, m, k) in flows:
        for who, sign in ((a, -1), (b, 1)):
            if who in cash:
                cash[who] += sign * m
                if who not in low or cash[who] < low[who][0]: low[who] = (cash[who], d)
                if cash[who] < 0 and who not in first: first[who] = d
    inv = sum((m for d, r, a, b, m, k in flows if k == 'investment' and a == 'nvidia'), F(0))
    rev = sum((m for d, r, a, b, m, k in flows if k == 'purchase' and b == 'nvidia'), F(0))
    back = sum((m for d, r, a, b, m, k in flows if a == 'openai' and b == 'nvidia'), F(0))
    to = sum((m for d, r, a, b, m, k in flows if a == 'nvidia' and b == 'openai'), F(0))
    mine = sum(s for _, _, s in issued) + v.get('mine', 0)
    total = 10**9 + mine + v.get('others', 0)
    revlost = max(F(0), F(100) - rev)
    def dec(x, n):
        if x is None: return ''
        q = half_even(x * 10**n)
        s = '-' if q < 0 else ''
        q = abs(q)
        return f'{s}{q // 10**n}.{q % 10**n:0{n}d}'
    return {
        'invested_bn': dec(inv, 6), 'nvidia_revenue_from_openai_bn': dec(rev, 6),
        'nvidia_cash_end_bn': dec(cash['nvidia'], 6), 'openai_cash_end_bn': dec(cash['openai'], 6),
        'openai_min_cash_bn': dec(low['openai'][0], 6), 'min_cash_date': str(low['openai'][1]),
        'first_negative': str(first.get('openai', '')), 'nvidia_stake_end': dec(F(mine, total), 9),
        'shares_end_M': dec(F(total, 10**6), 6),
        'return_ratio': dec(min(inv, rev) / inv if inv else None, 6),
        'funded_share_of_revenue': dec(min(inv, rev) / rev if rev else None, 6),
        'reciprocity': dec(2 * min(to, back) / (to + back) if to + back else None, 6),
        'revenue_lost_bn': dec(revlost, 6),
    }

# --- variants: name -> (sentence, edits as flags, what they mean) ---
V = {}
def variant(name, what, *edits):
    def put(fn):
        V[name] = (what, edits, fn)
        return fn
    return put

LOI, SUP = 'NVDA-OAI-LOI', 'NVDA-OAI-SUPPLY'
def ts(v, a=1, b=10): return [t for t in v['t'] if a <= t.k <= b]

@variant('late-6', 'everything half a year later', f'shift deal={LOI},tranche=1..,by=6M')
def _(v):
    for t in ts(v): t.money_on = t.goods_on = months(t.money_on, 6)

@variant('late-7-18', 'gigawatts 7 to 10 a year and a half later', f'shift deal={LOI},tranche=7..10,by=18M')
def _(v):
    for t in ts(v, 7): t.money_on = t.goods_on = months(t.money_on, 18)

@variant('money-late', 'the money comes a year late, the systems are paid in time', f'shift deal={LOI},tranche=1..,by=12M,linked=no')
def _(v):
    for t in ts(v): t.money_on = months(t.money_on, 12)

@variant('early', 'gigawatts 2 to 10 a quarter earlier', f'shift deal={SUP},tranche=2..,by=-1Q')
def _(v):
    for t in ts(v, 2): t.money_on = t.goods_on = months(t.money_on, -3)

@variant('three-of-ten', 'tranches 4 to 10 and their purchases do not happen', f'drop deal={LOI},tranche=4..')
def _(v):
    for t in ts(v, 4): t.paid = t.bought = False

@variant('money-stops', 'NVIDIA stops after three tranches, OpenAI buys on', f'drop deal={LOI},tranche=4..,linked=no')
def _(v):
    for t in ts(v, 4): t.paid = False

@variant('fifth-gone', 'tranche 5 alone does not happen', f'drop deal={LOI},tranche=5')
def _(v):
    for t in ts(v, 5, 5): t.paid = t.bought = False

@variant('orders-gone', 'OpenAI keeps the money of 8 to 10 and buys nothing for it', f'drop deal={SUP},tranche=8..,linked=no')
def _(v):
    for t in ts(v, 8): t.bought = False

@variant('half-invested', 'each tranche is half as large, at the same price', f'scale deal={LOI},by=0.5')
def _(v):
    for t in ts(v): t.money = F(5)

@variant('dearer-tranches', 'tranches 2 to 10 at 1.3 times the money, at the same price', f'scale deal={LOI},tranche=2..,by=1.3')
def _(v):
    for t in ts(v, 2): t.money = F(13)

@variant('sixty-percent', 'from 2029 on OpenAI pays 60 % of each order', f'scale payer=openai,payee=nvidia,kind=purchase,from=2029-01-01,by=60%')
def _(v):
    for t in ts(v):
        if t.goods_on >= dt.date(2029, 1, 1): t.goods = F(6)

@variant('both-ways', 'everything 1.25 times as large', f'scale deal={LOI}|{SUP},by=125%')
def _(v):
    for t in ts(v): t.money = t.goods = F(25, 2)

def priced(v, path):
    "path: price of each tranche"
    for t, p in zip(v['t'], path): t.price = p

@variant('flat', 'every price is the first', f'set-valuation deal={LOI},growth=0')
def _(v): priced(v, [F(1, 2)] * 10)

@variant('falling-10', 'every price a tenth below the one before', f'set-valuation deal={LOI},growth=-10%')
def _(v):
    # Before the money it is recorded in USD to 10 decimals, from which the price follows again: no share hangs on that.
    priced(v, [F(1, 2) * F(9, 10) ** i for i in range(10)])

@variant('falling-25', 'every price a quarter below the one before', f'set-valuation deal={LOI},growth=-0.25')
def _(v): priced(v, [F(1, 2) * F(3, 4) ** i for i in range(10)])

@variant('rising-20', 'every price a fifth above the one before', f'set-valuation deal={LOI},growth=20%')
def _(v): priced(v, [F(1, 2) * F(6, 5) ** i for i in range(10)])

@variant('pre-500', '500 bn before the money each time', f'set-valuation deal={LOI},pre-money=500bn USD')
def _(v):
    out = 10**9
    for t in v['t']:
        t.shares = half_even(F(10) * out / 500); out += t.shares

PRE = ['500','561','628.1','701.91','783.101','872.4111','970.65221','1078.717431','1197.5891741','1328.34809151']

@variant('pre-path', '500, 400, 300, then 250 bn before the money', f'set-valuation deal={LOI},pre-money=500bn USD|400bn USD|300bn USD|250bn USD')
def _(v):
    out = 10**9
    for t in v['t']:
        t.shares = half_even(F(10) * out / F([500, 400, 300, 250][min(t.k, 4) - 1])); out += t.shares

@variant('down-5', 'the fifth valuation at half, those after it as stated', f'set-valuation deal={LOI},tranche=5,by=50%')
def _(v):
    # stated valuations are amounts before the money: price = pre / outstanding
    out = 10**9
    for t, p in zip(v['t'], PRE):
        pre = F(p) / (2 if t.k == 5 else 1)
        t.shares = half_even(F(10) * out / pre); out += t.shares

@variant('all-at-80', 'every stated valuation times 0.8', f'set-valuation deal={LOI},by=0.8')
def _(v):
    out = 10**9
    for t, p in zip(v['t'], PRE):
        t.shares = half_even(F(10) * out / (F(p) * F(4, 5))); out += t.shares

def default(v, on, recovery):
    owed = F(0)
    for t in v['t']:
        if t.goods_on >= on:
            t.bought = False
            owed_k = t.goods
            t.paid = False
            if recovery: v['more'].append((on, 10**6 + t.k, 'openai', 'nvidia', half_even(owed_k * recovery * 10**19) / F(10**19), 'purchase'))

@variant('default-1', 'OpenAI defaults with the first gigawatt, nothing comes back', 'default company=openai,at=2026-12-31')
def _(v): default(v, dt.date(2026, 12, 31), F(0))

@variant('default-3-40', 'OpenAI defaults at the third gigawatt, recovery 40 %', 'default company=openai,at=2027-12-31,recovery=40%')
def _(v): default(v, dt.date(2027, 12, 31), F(2, 5))

@variant('default-9-third', 'OpenAI defaults between two gigawatts, recovery a third', 'default company=openai,at=2030-09-01,recovery=0.3333333333')
def _(v): default(v, dt.date(2030, 9, 1), F(3333333333, 10**10))

@variant('default-all', 'OpenAI defaults in 2029 and everything is paid', 'default company=openai,at=2029-06-30,recovery=100%')
def _(v): default(v, dt.date(2029, 6, 30), F(1))

@variant('cut-2028', 'nothing happens after 2028', 'truncate after=2028-12-31')
def _(v):
    for t in v['t']:
        if t.money_on > dt.date(2028, 12, 31): t.paid = t.bought = False

@variant('rent', 'the systems of 6 to 10 are rented', f'substitute deal={SUP},type=purchase-paid,tranche=6..,by=fee')
def _(v):
    for t in ts(v, 6): t.rent, t.goods = t.goods, F(0)

@variant('goods-in-kind', '40 % of the systems are paid in credits', f'split deal={SUP},in-kind=40%')
def _(v):
    for t in ts(v): t.goods = F(6); t.goods_kind = F(4)

@variant('money-in-kind', 'a quarter of each tranche is systems, not cash', f'split deal={LOI},in-kind=25%')
def _(v):
    for t in ts(v): t.money = F(15, 2); t.money_kind = F(5, 2)

@variant('thirty-five-and-late', '35 bn a gigawatt, from the fourth a year late', f'scale deal={SUP},by=3.5', f'shift deal={SUP},tranche=4..,by=12M')
def _(v):
    for t in ts(v): t.goods = F(35)
    for t in ts(v, 4): t.money_on = t.goods_on = months(t.money_on, 12)

@variant('flat-then-default', 'flat prices, 20 bn a gigawatt, default in mid-2029 with 25 %', f'set-valuation deal={LOI},growth=0%', f'scale deal={SUP},by=2', 'default company=openai,at=2029-06-30,recovery=25%')
def _(v):
    priced(v, [F(1, 2)] * 10)
    for t in ts(v): t.goods = F(20)
    default(v, dt.date(2029, 6, 30), F(1, 4))

@variant('milestone-never', 'the fourth gigawatt is never deployed', 'set-condition company=openai,milestone=4 GW deployed,never=yes')
def _(v):
    for t in ts(v, 4, 4): t.paid = t.bought = False

@variant('milestone-late', 'the second gigawatt 9 months late', 'delay company=openai,milestone=2 GW deployed,by=9M')
def _(v):
    for t in ts(v, 2, 2): t.money_on = t.goods_on = months(t.money_on, 9)

@variant('dear-first', 'the first order costs 4 bn in February', f'replace deal={SUP},type=purchase-paid,tranche=1,amount=4bn USD,at=2027-02-28')
def _(v):
    v['t'][0].goods = F(4); v['t'][0].goods_on = dt.date(2027, 2, 28)

@variant('leap', 'the fourth gigawatt four months early, on a leap day', f'shift deal={LOI},tranche=4,by=-4M')
def _(v):
    for t in ts(v, 4, 4): t.money_on = t.goods_on = dt.date(2028, 2, 29)

def insert(*commands): return 'insert [' + ', '.join('{' + c + '}' for c in commands) + ']'

@variant('thirty-five-funded', '35 bn a gigawatt, and 250 bn from elsewhere in 2027', f'scale deal={SUP},by=3.5',
         insert('company: openai, effective: 2027-03-31, receive-external-cash: {amount: 250bn USD, category: financing}'))
def _(v):
    for t in ts(v): t.goods = F(35)
    v['more'].append((dt.date(2027, 3, 31), 0, 'world', 'openai', F(250), 'financing'))

@variant('others-invest', 'others buy shares for 100 bn at 600 bn before the money at the start of 2028', f'scale deal={SUP},by=2',
         insert('company: openai, effective: 2028-01-01, record-valuation: {valuation: crowd, preMoney: 600bn USD}',
                'company: openai, effective: 2028-01-01, sell-shares: {investor: crowd, class: common, amount: 100bn USD, valuation: crowd}'))
def _(v):
    for t in ts(v): t.goods = F(20)
    v['more'].append((dt.date(2028, 1, 1), 0, 'world', 'openai', F(100), 'financing'))
    v['others'] = half_even(F(100, 600) * (10**9 + sum(shares_of(t) for t in v['t'][:3])))

@variant('nvidia-lends', '20 bn a gigawatt, half of it lent by NVIDIA at 5 % and repaid in 2031', f'scale deal={SUP},by=2',
         insert('company: nvidia, effective: 2026-12-31, draw-loan: {loan: L, borrower: openai, amount: 50bn USD}',
                'company: openai, effective: 2031-12-31, pay-interest: {loan: L, lender: nvidia, amount: 12.5bn USD}',
                'company: openai, effective: 2031-12-31, repay-loan: {loan: L, lender: nvidia, amount: 50bn USD}'))
def _(v):
    for t in ts(v): t.goods = F(20)
    v['more'] += [(dt.date(2026, 12, 31), 0, 'nvidia', 'openai', F(50), 'loan'), (dt.date(2031, 12, 31), 1, 'openai', 'nvidia', F(25, 2), 'interest'), (dt.date(2031, 12, 31), 2, 'openai', 'nvidia', F(50), 'repayment')]

@variant('two-payments', 'two payments of 50 bn at 500 and 1,000 bn before the money instead of ten of 10', f'drop deal={LOI},linked=no',
         insert('company: openai, effective: 2026-06-30, record-valuation: {valuation: a, preMoney: 500bn USD}',
                'company: openai, effective: 2026-06-30, sell-shares: {investor: nvidia, class: common, amount: 50bn USD, valuation: a}',
                'company: openai, effective: 2029-06-30, record-valuation: {valuation: b, preMoney: 1tn USD}',
                'company: openai, effective: 2029-06-30, sell-shares: {investor: nvidia, class: common, amount: 50bn USD, valuation: b}'))
def _(v):
    for t in ts(v): t.paid = False
    one = half_even(F(50, 500) * 10**9); two = half_even(F(50, 1000) * (10**9 + one))
    v['mine'] = one + two
    v['more'] += [(dt.date(2026, 6, 30), 0, 'nvidia', 'openai', F(50), 'investment'), (dt.date(2029, 6, 30), 0, 'nvidia', 'openai', F(50), 'investment')]

@variant('dear-tranche', 'the third tranche is 25 bn at its price', f'replace deal={LOI},tranche=3,amount=25bn USD')
def _(v): v['t'][2].money = F(25)

@variant('twice-scaled', 'each tranche times 1.3, then times 0.7', f'scale deal={LOI},by=1.3', f'scale deal={LOI},by=0.7')
def _(v):
    for t in ts(v): t.money = F(91, 10)

@variant('flat-and-smaller', 'prices of -10 % each, then 7 bn a tranche', f'set-valuation deal={LOI},growth=-10%', f'scale deal={LOI},by=70%')
def _(v):
    priced(v, [F(1, 2) * F(9, 10) ** i for i in range(10)])
    for t in ts(v): t.money = F(7)

if __name__ == '__main__':
    w = csv.writer(sys.stdout, lineterminator='\n')
    b = base(); f = figures(b)
    w.writerow(['scenario', 'what', 'edits', *f])
    w.writerow(['base', 'no edit', '', *f.values()])
    for name, (what, edits, fn) in V.items():
        v = base(); fn(v)
        w.writerow([name, what, '; '.join(edits), *figures(v).values()])
