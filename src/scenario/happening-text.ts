/**
 * Faults, operations and what resources do by themselves, in words, one sentence each: for `explain`, reports and
 * warnings.
 */

import { momentText as calendarText } from '../components/settings/moment.js';
import { writtenTime } from '../components/settings/units.js';
import { linkOf } from '../components/settings/words.js';
import type { Scenario } from './checked.js';
import type { FaultSpec } from './faults.js';
import type { Moments } from './moments.js';
import type { OperationSpec } from './operations.js';
import { REGION_SHAPE, ZONE_SHAPE } from './regions.js';
import { writtenOf } from './tree.js';

/** All that is to happen beside the traffic: faults and operations by time, then what is scheduled. */
export function happeningTexts(scenario: Scenario): string[] {
  const faults = scenario.faults.map((fault) => ({
    at: fault.at,
    text: isDatabase(scenario, fault.on) ? databaseFaultText(fault) : faultText(fault),
  }));
  const operations = scenario.operations.map((one) => ({ at: one.at, text: operationText(one) }));
  const byTime = [...faults, ...operations].sort((a, b) => a.at - b.at);
  const schedules = scenario.resources.flatMap((resource) => {
    return typeOf(scenario, resource.type)?.schedule?.(resource) ?? [];
  });
  const zero = schedules.length === 0 ? [] : [`Time 0 is ${calendarText(scenario.startSeconds)}.`];
  return [...byTime.map(({ text }) => text), ...zero, ...schedules];
}

function isDatabase({ resources }: Scenario, name: string): boolean {
  return resources.some((one) => one.name === name && one.roles.includes('database'));
}

/** `At 10m, for 1m, 5 % of the answers on shops -> orders.fifo get lost.` */
export function faultText(fault: FaultSpec): string {
  const calls = fault.api === undefined ? 'calls' : `calls of ${fault.api}`;
  return `${whenText(fault)}, ${effectText(fault, calls)}.`;
}

/** The same on a database, which does not crash for good. */
export function databaseFaultText(fault: FaultSpec): string {
  return fault.verb === 'crash'
    ? `${whenText(fault)}, ${fault.on} fails over to its standby.`
    : faultText(fault);
}

function whenText(fault: FaultSpec): string {
  const length = fault.for === undefined ? '' : `, for ${writtenTime(fault.for)}`;
  return `${momentText(fault)}${length}`;
}

function effectText(fault: FaultSpec, calls: string): string {
  const { on } = fault;
  switch (fault.verb) {
    case 'crash':
      return `${amountText(fault)} of ${on} crash for good`;
    case 'interrupt':
      return `${amountText(fault)} of the Spot instances of ${on} get their notice`;
    case 'down':
      if (ZONE_SHAPE.test(on)) return `the zone ${on} is down`;
      if (REGION_SHAPE.test(on)) return `the region ${on} is down`;
      return `${amountText(fault)} of ${on} are down`;
    case 'slow': {
      const { factor, added } = fault.slow;
      const how = factor === 1 ? `${writtenTime(added)} longer` : `${factor} times as long`;
      const isCalls = fault.api !== undefined || linkOf(on) !== undefined;
      return isCalls ? `${calls} on ${on} take ${how}` : `the work of ${on} takes ${how}`;
    }
    case 'fail':
      return `${percent(fault.share)} of the ${calls} on ${on} are answered ${fault.status}`;
    case 'lose':
      return `${percent(fault.share)} of the answers to ${calls} on ${on} get lost`;
    case 'cut':
      return `${percent(fault.share)} of the ${calls} on ${on} never pass`;
    case 'hide':
      return `${percent(fault.share)} of the metric points of ${on} are not published`;
    case 'throttle': {
      const { throttle } = fault;
      return throttle.kind === 'share'
        ? `${percent(throttle.share)} of the ${calls} on ${on} are refused because of a rate`
        : `no more than ${figure(throttle.perSecond)} ${calls} a second pass on ${on}`;
    }
  }
}

/** What the resource `name` is there to do, as its type tells it: `workers scales by target tracking: …`. */
export function happeningsOf(scenario: Scenario, name: string): readonly string[] {
  const resource = scenario.resources.find((one) => one.name === name);
  if (resource === undefined) return [];
  return typeOf(scenario, resource.type)?.happenings?.(resource) ?? [];
}

function typeOf({ registry }: Scenario, type: string) {
  return registry.types.find((one) => one.type === type);
}

/** `At 15m, the messages of orders-dlq.fifo go back to where they came from, 10 a second.` */
export function operationText(operation: OperationSpec): string {
  return `${momentText(operation)}, ${actText(operation)}.`;
}

function actText(operation: OperationSpec): string {
  const { on } = operation;
  if (operation.verb === 'purge') return `${on} is purged`;
  if (operation.verb === 'deploy') {
    const { batch, wait } = operation;
    const size = batch.kind === 'count' ? String(batch.count) : percent(batch.share);
    const pause = wait === 0 ? '' : `, ${writtenTime(wait)} between them`;
    return `${on} is deployed anew, ${size} of its instances at a time${pause}`;
  }
  if (operation.verb === 'replay') {
    const since = operation.from === 0 ? '' : ` since ${writtenTime(operation.from)}`;
    const link = linkOf(on);
    const whole = `what the archive of ${link?.from ?? on} holds${since} is replayed`;
    return link === undefined ? whole : `${whole} to ${link.to}`;
  }
  if (operation.verb === 'set') {
    const changes = Object.entries(operation.written).map(([key, value]) => {
      return value === null ? `without ${key}` : `${key}: ${writtenOf(value)}`;
    });
    return `${on} is changed to ${changes.join(', ')}`;
  }
  const to = operation.to === undefined ? 'back to where they came from' : `to ${operation.to}`;
  const pace = operation.perSecond === undefined ? '' : `, ${operation.perSecond} a second`;
  return `the messages of ${on} go ${to}${pace}`;
}

function momentText({ at, every }: Moments): string {
  if (every === undefined) return `At ${writtenTime(at)}`;
  return at === every
    ? `Every ${writtenTime(every)}`
    : `At ${writtenTime(at)} and every ${writtenTime(every)} from then on`;
}

function amountText({
  amount,
}: FaultSpec & { readonly verb: 'crash' | 'interrupt' | 'down' }): string {
  return amount.kind === 'count' ? String(amount.count) : percent(amount.share);
}

function percent(share: number): string {
  return `${figure(share * 100)} %`;
}

function figure(count: number): string {
  return String(Math.round(count * 1000) / 1000);
}
