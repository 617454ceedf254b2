cognito="${COGNITO_ENDPOINT:-http://127.0.0.1:9229}"
curl -fsS "$cognito/__local/outbox?to=bob@example.com&wait=5000"
curl -fsS "$cognito/__local/clock" -d '{ "advance": 3600000 }'
curl -fsS "$cognito/__local/faults" -d '{ "operation": "InitiateAuth", "status": 500, "times": 1 }'
curl -fsS -X POST "$cognito/__local/reset"
