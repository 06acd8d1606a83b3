/**
 * The measures there are: what each is a figure of, whom it may ask about, what details and
 * statistics it takes. The language's parser checks lines against this table; observers answer it.
 */

import { CAUSES } from '../../components/facts.js';
import type { MetricName } from '../../components/published-metrics.js';
import {
  METRIC_NAMES,
  metricNamed,
  NOT_MODELLED_METRICS,
} from '../../components/published-metrics.js';
import type { Quantity } from '../../components/expression/quantity.js';
import type { ResourceRole } from '../../components/settings/roles.js';
import { COUNT, MONEY, SHARE, SIZE, TIME } from '../../components/expression/quantity.js';

/**
 * How a measure comes to its figure: `times` is a distribution and needs a statistic; a `count`
 * only grows; a `level` goes up and down; a `ratio` is made of counts; a `total` exists once, at the
 * end of the run; of `episodes` there is a figure each: without a statistic, the largest.
 */
export type Shape = 'times' | 'count' | 'level' | 'ratio' | 'total' | 'episodes';

/** What a name of a scenario can be asked about as; a resource may have several of them. */
export type Role =
  | 'traffic'
  | 'resource'
  | 'consumer'
  /** It delivers by itself: a topic, a bus, notifications, a schedule. */
  | 'pusher'
  /** A program whose handler sends. */
  | 'sender'
  | ResourceRole
  | 'fifoQueue'
  | 'standardQueue';

/**
 * Whom a measure asks about: a role, no name at all, a way that messages go (`path`), a pusher and one of those it
 * delivers to (`push`), or (`level`) what has a level of this name.
 */
export type AskedRole = Role | 'all' | 'level' | 'path' | 'push';

export interface MeasureSpec {
  readonly shape: Shape;
  readonly quantity: Quantity;
  /** Whom it may be asked about; `all`: it may stand without a name, for the whole system. */
  readonly who: readonly AskedRole[];
  /** The details it takes; `operations`: those of the resource. Empty: none. */
  readonly details: readonly string[] | 'operations';
  /** Whether a detail must be given. */
  readonly detailNeeded?: true;
  readonly doc: string;
}

const NONE: readonly string[] = [];
/** A pusher, and one of its links. */
const PUSHED = ['pusher', 'push'] as const;

function count(
  who: readonly AskedRole[],
  doc: string,
  details: readonly string[] | 'operations' = NONE,
): MeasureSpec {
  return { shape: 'count', quantity: COUNT, who, details, doc };
}

function level(doc: string): MeasureSpec {
  return { shape: 'level', quantity: COUNT, who: ['level'], details: NONE, doc };
}

/** How a fleet answers its load (observe/control). */
function ofFleet(shape: 'episodes' | 'total', quantity: Quantity, doc: string): MeasureSpec {
  return { shape, quantity, who: ['fleet'], details: NONE, doc };
}

/** What CloudWatch shows: its own names, all with a capital. */
const METRICS = Object.fromEntries(
  METRIC_NAMES.map((name) => [name, metricSpec(name)]),
) as Readonly<Record<MetricName, MeasureSpec>>;

function metricSpec(name: MetricName): MeasureSpec {
  const { role, unit, queues, doc } = metricNamed(name);
  const quantity = { count: COUNT, s: TIME, B: SIZE, '%': SHARE }[unit];
  const ofQueues = { fifo: 'fifoQueue', standard: 'standardQueue' } as const;
  return {
    shape: 'level',
    quantity,
    who: [queues === undefined ? role : ofQueues[queues]],
    details: NONE,
    doc: `as CloudWatch shows it: ${doc}`,
  };
}

/** Every measure that is modelled, in the order of the reference page; three stand behind shares. */
export const MEASURES = {
  response: {
    shape: 'times',
    quantity: TIME,
    who: ['all', 'traffic'],
    details: NONE,
    doc: 'from the first attempt (or the buffer) until the client has its answer',
  },
  latency: {
    shape: 'times',
    quantity: TIME,
    who: ['all', 'traffic', 'consumer', 'path'],
    details: NONE,
    doc: 'until all that came of a message is done; what never got done counts as longer than any figure',
  },
  sent: count(['all', 'traffic', 'sender'], 'messages that it made; of all: that traffic made'),
  processed: count(
    ['all', 'consumer', ...PUSHED],
    'obligations that were handled well, each once; of a topic or its link, deliveries',
  ),
  lost: count(
    ['all', 'consumer', ...PUSHED],
    'obligations lost; not those expired, dead-lettered or unfinished',
  ),
  filtered: count(['all', ...PUSHED], 'messages that a filter kept from a subscriber or target'),
  duplicates: count(['all', 'consumer'], 'runs that ended well after another had', CAUSES),
  redelivered: count(
    ['all', 'consumer'],
    'runs beyond the first, but for those after `fail`',
    CAUSES,
  ),
  reordered: count(
    ['all', 'consumer'],
    'done before an earlier one of its group or key that was neither done nor dead-lettered',
  ),
  expired: count(['all', 'queue'], 'copies whose retention ended'),
  deadLettered: count(
    ['all', 'queue', ...PUSHED],
    'moves of a copy from this queue to its dead-letter queue; of a topic or its link, what went to that of the link',
  ),
  purged: count(['all', 'queue'], 'copies that a purge removed'),
  unfinished: {
    shape: 'total',
    quantity: COUNT,
    who: ['all', 'consumer', ...PUSHED],
    details: NONE,
    doc: 'obligations that are neither done nor over when the run ends; of a topic or its link, what is under way',
  },
  failed: count(
    ['all', 'traffic', 'sender', ...PUSHED],
    'messages that their client gave up; of a topic or its link, what was dead-lettered or lost. Of all: of traffic',
  ),
  retries: count(
    ['all', 'traffic', ...PUSHED],
    'attempts to send a message beyond the first; of a topic or its link, after one that failed. Of all: of traffic',
  ),
  requests: count(['all', 'resource'], 'API calls that reached it', 'operations'),
  throttled: count(
    ['all', 'resource', 'traffic'],
    'API calls refused because of a rate: by the resource, or of the traffic',
  ),
  killed: count(['all', 'consumer'], 'runs that were stopped from outside'),
  coldStarts: count(['all', 'function'], 'requests for which a function started an environment'),
  depth: level('messages that can be received'),
  delayed: level('messages not yet available'),
  inFlight: level('messages handed out and hidden'),
  age: {
    shape: 'level',
    quantity: TIME,
    who: ['queue'],
    details: NONE,
    doc: 'how long ago the oldest message that is in it was sent to it; 0 when it is empty',
  },
  instances: level('instances in service'),
  busy: level('workers with a run of the handler going on'),
  concurrency: level('requests that a function works on, starts of environments included'),
  backlogPerInstance: {
    shape: 'level',
    quantity: COUNT,
    who: ['queue', 'fleet'],
    details: NONE,
    doc: 'messages that can be received, by instances in service that poll for them',
  },
  reactionTime: ofFleet(
    'episodes',
    TIME,
    'since messages have been waiting without a break (or the group last wanted fewer) until more instances are in ' +
      'service than were wanted before the desired capacity rose',
  ),
  overshoot: ofFleet(
    'episodes',
    SHARE,
    'how far instances in service rose above the desired capacity at the end of the episode, as a share of that',
  ),
  settlingTime: ofFleet(
    'episodes',
    TIME,
    'from the beginning of the episode until the desired capacity stays within 5 % of its value at the end',
  ),
  oscillations: ofFleet(
    'total',
    COUNT,
    'how often the desired capacity rose again after it had risen and fallen within one episode',
  ),
  availability: {
    shape: 'ratio',
    quantity: SHARE,
    who: ['all', 'traffic'],
    details: NONE,
    doc: 'accepted messages among those accepted or given up',
  },
  drainTime: {
    shape: 'total',
    quantity: TIME,
    who: ['queue'],
    details: NONE,
    doc: 'from the end of traffic until the queue is empty for good',
  },
  cost: {
    shape: 'total',
    quantity: MONEY,
    who: ['all', 'resource'],
    details: ['window', 'perMonth', 'perMessage', 'wasted'],
    detailNeeded: true,
    doc: 'USD for the run, for a month of such runs, per processed obligation, for idle instances in the run',
  },
  owed: count(
    ['all', 'traffic', 'consumer', 'queue', 'resource', ...PUSHED],
    'obligations; of traffic, messages',
  ),
  offered: count(['all', ...PUSHED], 'messages that came to a link, those filtered included'),
  accepted: count(['all', 'traffic'], 'messages whose producer learnt that they were accepted'),
  ...METRICS,
} as const satisfies Readonly<Record<string, MeasureSpec>>;

export type MeasureName = keyof typeof MEASURES;

export function measureSpec(name: MeasureName): MeasureSpec {
  return MEASURES[name];
}

/** Counts behind shares: per obligation, per message that a filter saw, and availability. No line names them. */
const HIDDEN: readonly string[] = ['owed', 'offered', 'accepted'];

/** The measures a line may name. */
export const MEASURE_NAMES: readonly string[] = Object.keys(MEASURES).filter(
  (name) => !HIDDEN.includes(name),
);

export function isMeasureName(name: string): name is MeasureName {
  return MEASURE_NAMES.includes(name);
}

/** Measures of the language that no model answers yet. */
export const LATER_MEASURES: readonly string[] = ['iteratorAge'];

/** Details of the language that no model answers yet. */
export const LATER_DETAILS: Readonly<Record<string, readonly string[] | undefined>> = {};

/** Metrics of CloudWatch that are not modelled. */
export const CLOUDWATCH_METRICS: readonly string[] = NOT_MODELLED_METRICS;

/** Other people's words for our measures. */
export const MEASURE_SYNONYMS: Readonly<Record<string, string>> = {
  backlog: 'depth',
  queueLength: 'depth',
  queueDepth: 'depth',
  visible: 'depth',
  messages: 'depth',
  notVisible: 'inFlight',
  invisible: 'inFlight',
  hidden: 'inFlight',
  dlq: 'deadLettered',
  dead: 'deadLettered',
  deadLetters: 'deadLettered',
  throughput: 'processed',
  handled: 'processed',
  consumed: 'processed',
  done: 'processed',
  completed: 'processed',
  delivered: 'processed',
  dropped: 'lost',
  filteredOut: 'filtered',
  rejected: 'filtered',
  matched: 'filtered',
  missing: 'lost',
  losses: 'lost',
  duration: 'latency',
  time: 'latency',
  sojourn: 'latency',
  waiting: 'latency',
  responseTime: 'response',
  uptime: 'availability',
  successRate: 'availability',
  errors: 'failed',
  failures: 'failed',
  redeliveries: 'redelivered',
  retried: 'redelivered',
  capacity: 'instances',
  workers: 'instances',
  busyWorkers: 'busy',
  price: 'cost',
  money: 'cost',
  calls: 'requests',
  produced: 'sent',
  arrivals: 'sent',
  drained: 'drainTime',
  ASGAverageCPUUtilization: 'CPUUtilization',
  ApproximateNumberOfMessages: 'ApproximateNumberOfMessagesVisible',
  ApproximateNumberOfMessagesInFlight: 'ApproximateNumberOfMessagesNotVisible',
  throttles: 'throttled',
  outOfOrder: 'reordered',
  attempts: 'retries',
  oldest: 'age',
  ageOfOldest: 'age',
  dups: 'duplicates',
};
