# The bench's workloads on SimPy 3 or 4: simpy_bench.py w1 TIMERS EVENTS | w2 CUSTOMERS | w3 CUSTOMERS | w4 MESSAGES
# Prints one JSON line; `rate` is events, customers or messages per second of wall time inside the loop.
import json
import random
import resource
import sys
import time
from collections import deque

import simpy


def out(**figures):
    figures['rssMB'] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(figures))


# Hold model: each timer, when it fires, starts again.
def w1(timers, events):
    env = simpy.Environment()
    fired = [0]
    stop = env.event()

    def timer():
        while True:
            yield env.timeout(random.expovariate(1.0))
            fired[0] += 1
            if fired[0] == events:
                stop.succeed()

    for _ in range(timers):
        env.process(timer())
    env.run(until=1e-9)  # the start-up events stay outside the clock
    began = time.perf_counter()
    env.run(until=stop)
    out(w='W1', N=timers, rate=fired[0] / (time.perf_counter() - began))


# M/M/c, first come first served.
def station(name, customers, servers, arrival_rate, service_rate):
    env = simpy.Environment()
    resource_ = simpy.Resource(env, capacity=servers)
    sojourn = []

    def customer():
        arrived = env.now
        with resource_.request() as turn:
            yield turn
            yield env.timeout(random.expovariate(service_rate))
        sojourn.append(env.now - arrived)

    def source():
        for _ in range(customers):
            yield env.timeout(random.expovariate(arrival_rate))
            env.process(customer())

    env.process(source())
    began = time.perf_counter()
    env.run()
    seconds = time.perf_counter() - began
    out(w=name, n=customers, rate=customers / seconds, mean=sum(sojourn) / customers)


class Message:
    __slots__ = ('sent', 'receives', 'poison', 'deleted')


# Queue and worker pool: 450 messages a second, 50 workers, batches of 10, 0.1 s each, 30 s visibility
# timeout, 1 % never deleted, dead letter after the fifth receive.
def w4(messages):
    env = simpy.Environment()
    queue, waiting, dead, latencies = deque(), deque(), [], []
    done = env.event()

    def ended():
        if len(latencies) + len(dead) == messages:
            done.succeed()

    def put(message):
        if waiting:
            waiting.popleft().succeed([message])
        else:
            queue.append(message)

    def expired(message):
        if message.deleted:
            return
        if message.receives >= 5:
            dead.append(message)
            ended()
        else:
            put(message)

    def received(batch):
        for message in batch:
            message.receives += 1
            timeout = env.timeout(30.0)
            timeout.callbacks.append(lambda _, message=message: expired(message))

    def worker():
        while True:
            if queue:
                batch = [queue.popleft() for _ in range(min(10, len(queue)))]
            else:
                event = env.event()
                waiting.append(event)
                batch = yield event
            received(batch)
            for message in batch:
                yield env.timeout(random.expovariate(10.0))
                if not message.poison:
                    message.deleted = True
                    latencies.append(env.now - message.sent)
                    ended()

    def source():
        for _ in range(messages):
            yield env.timeout(random.expovariate(450.0))
            message = Message()
            message.sent = env.now
            message.receives = 0
            message.poison = random.random() < 0.01
            message.deleted = False
            put(message)

    for _ in range(50):
        env.process(worker())
    env.process(source())
    began = time.perf_counter()
    env.run(until=done)
    seconds = time.perf_counter() - began
    latencies.sort()
    out(
        w='W4', n=messages, rate=messages / seconds, mean=sum(latencies) / len(latencies),
        p99=latencies[int(0.99 * len(latencies))], dlq=len(dead), deleted=len(latencies),
    )


workload, *sizes = sys.argv[1:]
sizes = [int(size) for size in sizes]
random.seed(1)
if workload == 'w1':
    w1(*sizes)
elif workload == 'w2':
    station('W2', *sizes, 1, 0.8, 1.0)
elif workload == 'w3':
    station('W3', *sizes, 50, 45.0, 1.0)
else:
    w4(*sizes)
