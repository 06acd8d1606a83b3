/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call */
/* oxlint-disable typescript/no-unsafe-member-access, typescript/no-unsafe-return -- simjs has no types */
// The bench's workloads on simjs (npm): node simjs_bench.cjs w1 TIMERS EVENTS | w2 CUSTOMERS | w3 CUSTOMERS | w4 MESSAGES
// Prints one JSON line; `rate` is events, customers or messages per second of wall time inside the loop.
globalThis.window = {}; // the published bundle only exports to window
require('simjs');
const { Entity, Facility, Random, Sim } = globalThis.window.Sim;

const random = new Random(1);
const simulation = new Sim();
const NEVER = 1e12;

const clock = () => Number(process.hrtime.bigint()) / 1e9;
let began = 0;

function out(figures) {
  const rssMB = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(`${JSON.stringify({ ...figures, rssMB })}\n`);
}

function run() {
  began = clock();
  simulation.simulate(NEVER);
}

/** Hold model: each timer, when it fires, starts again. */
function w1(timers, events) {
  let fired = 0;
  class Timer extends Entity {
    start() {
      this.setTimer(random.exponential(1)).done(this.fire);
    }
    fire() {
      if (++fired === events) {
        out({ w: 'W1', N: timers, rate: events / (clock() - began) });
        process.exit(0);
      }
      this.setTimer(random.exponential(1)).done(this.fire);
    }
  }
  for (let i = 0; i < timers; i++) simulation.addEntity(Timer);
  run();
}

/** M/M/c, first come first served. */
function station(w, customers, servers, arrivalRate) {
  const facility = new Facility('servers', Facility.FCFS, servers);
  const sojourns = [];
  let sent = 0;
  class Source extends Entity {
    start() {
      this.setTimer(random.exponential(arrivalRate)).done(this.arrive);
    }
    arrive() {
      const arrivedAt = this.time();
      this.useFacility(facility, random.exponential(1)).done(() => {
        sojourns.push(this.time() - arrivedAt);
      });
      if (++sent < customers) this.setTimer(random.exponential(arrivalRate)).done(this.arrive);
    }
  }
  simulation.addEntity(Source);
  run();
  const seconds = clock() - began;
  const sum = sojourns.reduce((total, sojourn) => total + sojourn, 0);
  out({ w, n: customers, rate: customers / seconds, mean: sum / sojourns.length });
}

/** A first-in-first-out queue without `shift`. */
class Fifo {
  constructor() {
    this.items = [];
    this.head = 0;
  }
  get length() {
    return this.items.length - this.head;
  }
  push(item) {
    this.items.push(item);
  }
  shift() {
    const item = this.items[this.head];
    this.items[this.head++] = null;
    if (this.head > 65536 && 2 * this.head > this.items.length) {
      this.items.splice(0, this.head);
      this.head = 0;
    }
    return item;
  }
}

/**
 * Queue and worker pool: 450 messages a second, 50 workers, batches of 10, 0.1 s each, 30 s visibility
 * timeout, 1 % never deleted, dead letter after the fifth receive.
 */
function w4(messages) {
  const queue = new Fifo();
  const waiting = new Fifo();
  const latencies = [];
  let dead = 0;
  let visibility = null;

  function ended() {
    if (latencies.length + dead < messages) return;
    const seconds = clock() - began;
    latencies.sort((a, b) => a - b);
    const sum = latencies.reduce((total, latency) => total + latency, 0);
    const p99 = latencies[Math.floor(0.99 * latencies.length)];
    const mean = sum / latencies.length;
    out({
      w: 'W4',
      n: messages,
      rate: messages / seconds,
      mean,
      p99,
      dlq: dead,
      deleted: latencies.length,
    });
    process.exit(0);
  }

  function put(message) {
    if (waiting.length > 0) waiting.shift().take([message]);
    else queue.push(message);
  }

  /** Holds the visibility timers; one is cancelled when its message is deleted. */
  class Visibility extends Entity {
    start() {}
    received(message) {
      message.receives++;
      message.timer = this.setTimer(30).done(this.expired, this, message);
    }
    expired(message) {
      if (message.receives < 5) put(message);
      else {
        dead++;
        ended();
      }
    }
  }

  class Worker extends Entity {
    start() {
      this.poll();
    }
    poll() {
      if (queue.length === 0) {
        waiting.push(this);
        return;
      }
      const batch = [];
      while (batch.length < 10 && queue.length > 0) batch.push(queue.shift());
      this.take(batch);
    }
    take(batch) {
      this.batch = batch;
      this.i = 0;
      for (const message of batch) visibility.received(message);
      this.next();
    }
    next() {
      if (this.i < this.batch.length) this.setTimer(random.exponential(10)).done(this.finish);
      else this.poll();
    }
    finish() {
      const message = this.batch[this.i++];
      if (!message.poison) {
        message.timer.cancel();
        message.timer = null;
        latencies.push(this.time() - message.sent);
        ended();
      }
      this.next();
    }
  }

  let sent = 0;
  class Source extends Entity {
    start() {
      this.setTimer(random.exponential(450)).done(this.arrive);
    }
    arrive() {
      put({ sent: this.time(), receives: 0, poison: random.random() < 0.01, timer: null });
      if (++sent < messages) this.setTimer(random.exponential(450)).done(this.arrive);
    }
  }

  visibility = simulation.addEntity(Visibility);
  for (let i = 0; i < 50; i++) simulation.addEntity(Worker);
  simulation.addEntity(Source);
  run();
}

const [workload, ...sizes] = process.argv.slice(2);
if (workload === 'w1') w1(...sizes.map(Number));
else if (workload === 'w2') station('W2', Number(sizes[0]), 1, 0.8);
else if (workload === 'w3') station('W3', Number(sizes[0]), 50, 45);
else w4(Number(sizes[0]));
