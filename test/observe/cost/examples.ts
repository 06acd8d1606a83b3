// Worked bills of others, with where they are from. Each gives calls or instance time, and what they cost.

export interface RequestExample {
  readonly id: string;
  readonly source: string;
  readonly region: string;
  readonly queue: string;
  readonly calls: number;
  readonly bytesPerCall: number;
  readonly requests: number;
  readonly amountUsd: string;
}

export const REQUEST_EXAMPLES: readonly RequestExample[] = [
  {
    id: 'tool-sqs-standard-128kb',
    source:
      'infracost golden file sqs_queue_test, an independent implementation on the AWS Price List',
    region: 'us-east-1',
    queue: 'jobs',
    calls: 1_000_000,
    bytesPerCall: 131_072,
    requests: 2_000_000,
    amountUsd: '0.8',
  },
  {
    id: 'sqs-idle-long-poll',
    source:
      'a public study: one consumer with 20 s long polls on an idle queue makes 129,600 requests in 30 days',
    region: 'us-east-1',
    queue: 'jobs',
    calls: 129_600,
    bytesPerCall: 0,
    requests: 129_600,
    amountUsd: '0.05184',
  },
  {
    id: 'sqs-fifo-million',
    source: 'FIFO list price, 0.50 USD per million',
    region: 'ap-northeast-2',
    queue: 'jobs.fifo',
    calls: 1_000_000,
    bytesPerCall: 1_024,
    requests: 1_000_000,
    amountUsd: '0.5',
  },
];

export interface InstanceExample {
  readonly id: string;
  readonly source: string;
  readonly region: string;
  readonly instanceType: string;
  readonly runSeconds: number;
  readonly billedSeconds: number;
  readonly amountUsd: string;
}

export const INSTANCE_EXAMPLES: readonly InstanceExample[] = [
  {
    id: 'ec2-hour',
    source: 'list price of an hour',
    region: 'us-east-1',
    instanceType: 'm7g.large',
    runSeconds: 3_600,
    billedSeconds: 3_600,
    amountUsd: '0.0816',
  },
  {
    id: 'ec2-minimum',
    source: '60 s at least per launch',
    region: 'us-east-1',
    instanceType: 'm7g.large',
    runSeconds: 5,
    billedSeconds: 60,
    amountUsd: '0.00136',
  },
  {
    id: 'ec2-month',
    source: '730 hours',
    region: 'ap-northeast-2',
    instanceType: 'c6g.large',
    runSeconds: 2_628_000,
    billedSeconds: 2_628_000,
    amountUsd: '56.21',
  },
  {
    id: 'ec2-second-begun',
    source: 'by the second',
    region: 'eu-central-1',
    instanceType: 'm5.large',
    runSeconds: 100.5,
    billedSeconds: 101,
    amountUsd: '0.003226388889',
  },
];

/** One API call with so many messages of a size, and the requests it counts as (1 KiB is 1,024 bytes). */
export const CHUNKS: readonly (readonly [messages: number, bytes: number, requests: number])[] = [
  [1, 0, 1],
  [1, 1, 1],
  [1, 65_536, 1],
  [1, 65_537, 2],
  [10, 6 * 1_024, 1],
  [10, 7 * 1_024, 2],
  [1, 256 * 1_024, 4],
  [1, 1_024 * 1_024, 16],
];
