/** What `wavetank init` writes: small, commented, true, and quick to run. */
export const STARTER = `# A Wavetank scenario. Run it:      npx wavetank run <this file>
# What it assumes, with sources:    npx wavetank explain <this file>
# Every mistake at once:            npx wavetank validate <this file>
# Completion in editors:            npx wavetank schema > wavetank.schema.json, named by the next line
# yaml-language-server: $schema=wavetank.schema.json

name: My first wave
description: A minute of ten times the usual traffic meets a queue and two workers.
seed: 42                      # all randomness follows from it: same seed, same bytes
profile: typical              # ideal | typical | adversarial: what AWS does not publish
drain: 1h                     # after the traffic: run on until nothing is left, for at most this long

# The outside world: who sends what, how often.
traffic:
  customers:
    send: orders
    phases:                   # in turn; quantities always carry their unit
      - { for: 5m, rate: 20/s }
      - { for: 1m, rate: 200/s }
      - { for: 5m, rate: 20/s }
    size: 2KiB

# AWS things, under CloudFormation's names in camelCase, and the team's own programs.
resources:
  orders:
    type: sqs.queue
    visibilityTimeout: 1m     # how long a received message stays hidden; several times the handler's time
    redrivePolicy: { deadLetterTarget: orders-dlq, maxReceiveCount: 5 }
  orders-dlq:
    type: sqs.queue
    messageRetentionPeriod: 14d
  workers:
    type: autoscaling.group
    minSize: 2
    maxSize: 2
    instanceType: m7g.large
    # Eight loops per instance poll the queue, up to ten messages at a time.
    consumes: { orders: { batchSize: 10, waitTimeSeconds: 20s, concurrency: 8 } }
    # What one message costs, step by step: half take up to 80 ms, one in a hundred over 900 ms;
    # one in two hundred fails, stays in the queue and is tried again.
    handler: [ work: { p50: 80ms, p99: 900ms }, fail: 0.5% ]

# What breaks, and when. Try more: crash: 1, down: 100%, slow: 5x.
faults:
  - { at: 330s, on: workers, crash: 1 }

# What must hold; 'wavetank run' exits with 1 when it does not.
expect:
  - lost == 0
  - deadLettered(orders) == 0
  - latency(workers).p99 < 5m
`;
