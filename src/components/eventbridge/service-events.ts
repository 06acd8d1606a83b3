/**
 * AWS's own services as publishers: what they send to the default bus, and how surely. A scenario has them as traffic
 * with `source` and `detailType`; rates are its own, since they are those of what happens there.
 *
 * Durable: the service sends each event at least once. Best effort: "in some rare cases an event might not be
 * delivered"; what AWS does not list is best effort. Source: EventBridge Events Reference "Delivery level for AWS
 * service events", 2026; `isListed` false: from memory of that table, unverified. Delays are AWS's words on each
 * service's page.
 */

export interface ServiceEvents {
  readonly source: string;
  readonly service: string;
  readonly delivery: 'durable' | 'best effort';
  readonly isListed: boolean;
  /** Some of its detail types. */
  readonly detailTypes: readonly string[];
  /** From what happened to the event, as AWS puts it; absent: nothing is said. */
  readonly delay?: string;
}

export const SERVICE_EVENTS: readonly ServiceEvents[] = [
  {
    source: 'aws.autoscaling',
    service: 'Amazon EC2 Auto Scaling',
    delivery: 'best effort',
    isListed: false,
    detailTypes: [
      'EC2 Instance-launch Lifecycle Action',
      'EC2 Instance Launch Successful',
      'EC2 Instance Launch Unsuccessful',
      'EC2 Instance-terminate Lifecycle Action',
      'EC2 Instance Terminate Successful',
      'EC2 Instance Terminate Unsuccessful',
    ],
  },
  {
    source: 'aws.cloudwatch',
    service: 'Amazon CloudWatch',
    delivery: 'durable',
    isListed: true,
    detailTypes: ['CloudWatch Alarm State Change', 'CloudWatch Alarm Configuration Change'],
  },
  {
    source: 'aws.ec2',
    service: 'Amazon EC2',
    delivery: 'best effort',
    isListed: false,
    detailTypes: [
      'EC2 Instance State-change Notification',
      'EC2 Spot Instance Interruption Warning',
      'EC2 Instance Rebalance Recommendation',
    ],
    delay: 'two minutes before an interruption',
  },
  {
    source: 'aws.s3',
    service: 'Amazon S3',
    delivery: 'durable',
    isListed: false,
    detailTypes: ['Object Created', 'Object Deleted', 'Object Restore Completed'],
    delay: 'seconds, sometimes a minute or longer',
  },
  {
    source: 'aws.rds',
    service: 'Amazon RDS',
    delivery: 'durable',
    isListed: false,
    detailTypes: ['RDS DB Instance Event', 'RDS DB Cluster Event', 'RDS DB Snapshot Event'],
    delay: 'within five minutes',
  },
  {
    source: 'aws.cloudformation',
    service: 'AWS CloudFormation',
    delivery: 'durable',
    isListed: true,
    detailTypes: [
      'CloudFormation Stack Status Change',
      'CloudFormation Resource Status Change',
      'CloudFormation Drift Detection Status Change',
    ],
  },
  {
    source: 'aws.batch',
    service: 'AWS Batch',
    delivery: 'durable',
    isListed: true,
    detailTypes: ['Batch Job State Change'],
  },
  {
    source: 'aws.dms',
    service: 'AWS Database Migration Service',
    delivery: 'best effort',
    isListed: false,
    detailTypes: ['DMS Replication Task State Change', 'DMS Replication Instance State Change'],
  },
  {
    source: 'aws.budgets',
    service: 'AWS Budgets',
    delivery: 'best effort',
    isListed: false,
    detailTypes: ['Budget Threshold Breached'],
    delay: 'up to 8 to 12 hours: budgets are updated so often',
  },
  {
    source: 'aws.health',
    service: 'AWS Health',
    delivery: 'best effort',
    isListed: false,
    detailTypes: ['AWS Health Event'],
  },
  {
    source: 'aws.states',
    service: 'AWS Step Functions',
    delivery: 'best effort',
    isListed: false,
    detailTypes: ['Step Functions Execution Status Change'],
  },
  {
    source: 'aws.ecs',
    service: 'Amazon ECS',
    delivery: 'durable',
    isListed: false,
    detailTypes: ['ECS Task State Change', 'ECS Service Action', 'ECS Deployment State Change'],
  },
];

/** The sources of AWS's own services begin so; nobody else may use them. */
export const SERVICE_PREFIX = 'aws.';

/** What AWS publishes under a source; undefined: it is not in the table. */
export function serviceEventsOf(source: string): ServiceEvents | undefined {
  return SERVICE_EVENTS.find((one) => one.source === source);
}
