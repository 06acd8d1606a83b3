/**
 * What the language has (SCENARIO.md) and this release refuses, by name: resource types, verbs, keys.
 * Each later issue takes its words out of here. Keys stand under the name of the block they belong to.
 */

/** The page that says so; docs/ generates it from this table. */
export const NOT_MODELLED_PAGE = 'docs/reference/not-modelled.md';

export const NOT_MODELLED_TYPES: readonly string[] = [
  'sns.topic', 'eventbridge.bus', 'eventbridge.pipe', 'eventbridge.schedule', 'kinesis.stream',
  'firehose.deliveryStream', 'flink.application', 'kinesisvideo.stream', 'ecs.service', 'cloudwatch.alarm',
  'lambda.function', 'apigateway.httpApi', 'apigateway.restApi', 'elb.loadBalancer', 'dynamodb.table',
  'rds.instance', 'rds.cluster', 'rds.proxy', 's3.bucket', 'external.http', 'external.email', 'external.sms',
  'external.push',
];

/** Others' names of types → ours. */
export const TYPE_WORDS: Readonly<Record<string, string>> = {
  sqs: 'sqs.queue', queue: 'sqs.queue', 'AWS::SQS::Queue': 'sqs.queue', aws_sqs_queue: 'sqs.queue',
  asg: 'autoscaling.group', 'AWS::AutoScaling::AutoScalingGroup': 'autoscaling.group', aws_autoscaling_group: 'autoscaling.group',
  'autoscaling.autoScalingGroup': 'autoscaling.group', 'ec2.instance': 'autoscaling.group', workers: 'autoscaling.group',
  sns: 'sns.topic', topic: 'sns.topic', 'AWS::SNS::Topic': 'sns.topic', aws_sns_topic: 'sns.topic',
  kinesis: 'kinesis.stream', stream: 'kinesis.stream', 'AWS::Kinesis::Stream': 'kinesis.stream',
  lambda: 'lambda.function', function: 'lambda.function', 'AWS::Lambda::Function': 'lambda.function',
  ecs: 'ecs.service', 'AWS::ECS::Service': 'ecs.service', dynamodb: 'dynamodb.table', 'AWS::DynamoDB::Table': 'dynamodb.table',
  s3: 's3.bucket', 'AWS::S3::Bucket': 's3.bucket', 'AWS::Events::EventBus': 'eventbridge.bus', firehose: 'firehose.deliveryStream',
  alb: 'elb.loadBalancer', http: 'external.http', email: 'external.email', sms: 'external.sms',
};

/** Block → the keys of it that are refused. */
export const NOT_MODELLED: Readonly<Record<string, readonly string[]>> = {
  scenario: ['quotas'],
  cost: ['occurs', 'rest', 'freeTier', 'prices'],
  assume: ['network'],
  traffic: [
    'call', 'write', 'read', 'steps', 'users', 'think', 'attributes', 'body', 'messageGroupId', 'messageDeduplicationId',
    'partitionKey', 'explicitHashKey', 'source', 'detailType', 'prefix', 'suffix', 'from', 'delaySeconds', 'count',
  ],
  phase: ['daily', 'users'],
  replay: ['at', 'unit', 'size', 'key', 'attributes', 'scale'],
  client: [
    'timeout', 'retry', 'maxConcurrent', 'maxWait', 'circuitBreaker', 'kpl', 'senders', 'largePayloads',
  ],
  batch: ['join'],
  // Any resource, and those that run code.
  resource: ['region', 'account'],
  program: ['consumes', 'handler', 'serves', 'client', 'startup', 'stopTimeout'],
  consumes: [
    'heartbeat', 'onFailure', 'receiveRequestAttemptId', 'library', 'retrieval', 'startingPosition', 'checkpoint',
    'failoverTimeMillis', 'maximumBatchingWindowInSeconds', 'functionResponseTypes', 'scalingConfig',
    'provisionedPollerConfig', 'filterCriteria', 'enabled', 'startingPositionTimestamp', 'parallelizationFactor',
    'maximumRetryAttempts', 'maximumRecordAgeInSeconds', 'bisectBatchOnFunctionError', 'tumblingWindowInSeconds',
    'destinationConfig',
  ],
  step: [
    'send', 'call', 'write', 'read', 'await', 'once', 'parallel', 'steps', 'perBatch', 'when', 'onError', 'status',
    'size', 'key', 'attributes', 'body', 'delaySeconds', 'count', 'client', 'consistentRead', 'transactional', 'prefix',
    'suffix', 'every', 'asking', 'atMost', 'by', 'for', 'timeout', 'else', 'messageGroupId', 'messageDeduplicationId',
    'partitionKey', 'explicitHashKey', 'source', 'detailType',
  ],
  fault: ['every', 'api', 'status', 'pause', 'interrupt', 'fail', 'lose', 'cut', 'throttle', 'hide'],
  operation: ['every', 'api', 'set', 'redrive', 'purge', 'replay', 'deploy'],
};

/** Keys that AWS has on every resource and no simulation can feel → why. */
export const NO_EFFECT_ANYWHERE: Readonly<Record<string, string>> = {
  tags: 'tags change no behaviour', tag: 'tags change no behaviour', displayName: 'a display name changes no behaviour',
  description: 'only the scenario itself has a description', deletionPolicy: 'nothing is deleted after a run',
  updateReplacePolicy: 'nothing is replaced', dependsOn: 'everything exists at the start', metadata: 'metadata change no behaviour',
  logicalId: 'the name in the map is the name',
};

/** Others' words on a resource → ours. */
export const RESOURCE_WORDS: Readonly<Record<string, string>> = {
  polls: 'consumes', pulls: 'consumes', polling: 'consumes', subscribes: 'consumes', subscribesTo: 'consumes', reads: 'consumes',
  eventSource: 'consumes', eventSourceMapping: 'consumes', eventSourceMappings: 'consumes', queueUrl: 'consumes',
  steps: 'handler', handlers: 'handler', processing: 'handler', work: 'handler', kind: 'type', Type: 'type',
  Properties: 'type', instances: 'minSize', dlq: 'redrivePolicy', deadLetterQueue: 'redrivePolicy', assumptions: 'assume',
  retention: 'messageRetentionPeriod', delay: 'delaySeconds', policies: 'scalingPolicies',
};

/** Others' words at the top level → ours. */
export const SCENARIO_WORDS: Readonly<Record<string, string>> = {
  title: 'name', producers: 'traffic', sources: 'traffic', load: 'traffic', workload: 'traffic', components: 'resources',
  services: 'resources', Resources: 'resources', chaos: 'faults', failures: 'faults', events: 'operations', asserts: 'expect',
  assertions: 'expect', expectations: 'expect', slo: 'expect', assumptions: 'assume', base: 'extends', extend: 'extends',
  warmup: 'warmUp', length: 'duration', ignore: 'allow', until: 'duration', rampUp: 'warmUp',
};
