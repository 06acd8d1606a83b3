/** All component types of this release, in the order of the reference. The one file that names every folder. */

import { autoscalingGroup } from './autoscaling/autoscaling-group.js';
import {
  buildCloudWatch,
  cloudWatchAlarm,
  cloudWatchSchema,
} from './cloudwatch/cloudwatch-alarm.js';
import type { CloudWatchAssume } from './cloudwatch/cloudwatch-alarm.js';
import type { ComponentType } from './component.js';
import { eventbridgeBus, eventbridgePipe, eventbridgeSchedule } from './eventbridge/eventbridge.js';
import {
  externalEmail,
  externalPush,
  externalSms,
} from './external-endpoints/external-endpoints.js';
import { buildNetwork, externalHttp } from './external-http/external-http.js';
import { lambdaFunction } from './lambda/lambda-function.js';
import type { NetworkAssume } from './network.js';
import { networkSchema } from './network.js';
import { firehoseDeliveryStream } from './firehose/firehose-delivery-stream.js';
import { rdsInstance } from './rds/rds-instance.js';
import { s3Bucket } from './s3/s3-bucket.js';
import type { SystemSchema } from './settings.js';
import { snsTopic } from './sns/sns-topic.js';
import { sqsQueue } from './sqs/sqs-queue.js';
import type { World } from './world.js';

export const COMPONENT_TYPES: readonly ComponentType[] = [
  sqsQueue,
  snsTopic,
  autoscalingGroup,
  lambdaFunction,
  cloudWatchAlarm,
  externalHttp,
  externalEmail,
  externalSms,
  externalPush,
  s3Bucket,
  firehoseDeliveryStream,
  rdsInstance,
  eventbridgeBus,
  eventbridgePipe,
  eventbridgeSchedule,
];

/** What is there without being a resource: its assumptions stand at the top level of a scenario. */
export const SYSTEMS: readonly SystemSchema[] = [cloudWatchSchema, networkSchema];

/** A system at work. */
export interface System {
  /** At time 0, after the components. */
  start(): void;
}

/** After all components have connected. `assume`: the assumptions in force, by system. */
export function buildSystems(
  world: World,
  assume: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): System[] {
  const network = assume['network'] as NetworkAssume;
  world.ways.take(network);
  buildNetwork(world, network);
  return [buildCloudWatch(world, assume['cloudwatch'] as CloudWatchAssume)];
}
