#!/usr/bin/env bash
# A book of two companies, two questions, the stream, and a durable subscription, with nothing but curl.
# usage: walk-through.sh [URL]   (the service: actorfinance serve --journal book.db --url http://127.0.0.1:5230)
set -eu
url=${1:-http://127.0.0.1:5230}

say() { printf '\n== %s\n' "$1"; }

# A stream has no end: a few seconds of it.
follow() { curl -sN --max-time "${SECONDS_TO_FOLLOW:-3}" "$@" || [ $? -eq 28 ]; }

say 'two companies and two payments, one command a line'
curl -sS --fail-with-body -H 'Content-Type: application/x-ndjson' --data-binary @- "$url/v1/commands" <<'LINES'
{"id":"w1","company":"nvidia","effective":"2026-01-01","command":{"type":"register-company","name":"NVIDIA","currency":"USD"}}
{"id":"w2","company":"openai","effective":"2026-01-01","command":{"type":"register-company","name":"OpenAI","currency":"USD"}}
{"id":"w3","company":"nvidia","effective":"2026-02-01","command":{"type":"invest","investee":"openai","amount":"10bn USD"}}
{"id":"w4","company":"openai","effective":"2026-03-01","command":{"type":"pay-purchase","seller":"nvidia","amount":"6bn USD"}}
LINES

say 'cash, counting the last of them'
curl -sS --fail-with-body "$url/v1/cash?atLeast=openai:2"

say 'how much of the money only went round'
curl -sS --fail-with-body "$url/v1/circular?company=nvidia&atLeast=openai:2"

say 'the stream, from the beginning'
follow "$url/v1/stream"

say 'a durable subscription: made, consumed, acknowledged up to offset 3, consumed again'
curl -sS --fail-with-body -X PUT -H 'Content-Type: application/json' -d '{"from":"beginning"}' "$url/v1/subscriptions/walk-through"
first=$(follow "$url/v1/subscriptions/walk-through/stream?consumer=me")
printf '\n%s\n' "$first"
epoch=$(printf '%s' "$first" | sed -n 's/^data: {"epoch":\([0-9]*\),.*/\1/p')
curl -sS --fail-with-body -H 'Content-Type: application/json' -d "{\"epoch\":$epoch,\"offset\":3}" "$url/v1/subscriptions/walk-through/acknowledge"
printf '\n'
follow "$url/v1/subscriptions/walk-through/stream?consumer=me"
