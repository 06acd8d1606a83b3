/**
 * Step scaling policies of one group: an alarm's action arrives, and after `actionDelay` the group acts on
 * the metric as the alarm saw it. There is no cooldown: each evaluation that ends in ALARM acts again.
 * (Target tracking, simple and scheduled scaling will be further deciders that end in Group.setDesired.)
 */

import { check } from '../../kernel/check.js';
import { drawMicros } from '../../kernel/distributions/distribution.js';
import type { Handler } from '../../kernel/kernel.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import { Table } from '../../kernel/table.js';
import { Metrics } from '../metric-port.js';
import type { World } from '../world.js';
import type { Group } from './group.js';
import type { StepPolicyOptions } from './options.js';
import { aggregated, newDesired } from './step-scaling.js';

/** Actions on their way to the group. */
class ActionTable extends Table {
  /** The policy's place in the group's list. */
  readonly policy = this.u16('policy');
  /** The metric, aggregated over the alarm's newest data points. */
  readonly metric = this.f64('metric');
}

export class StepPolicies {
  private readonly policies: readonly StepPolicyOptions[];
  private readonly actions: ActionTable;
  private readonly alarmed: Handler;
  private readonly acted: Handler;
  private readonly delayKey: MarkKey;
  /** Alarms' numbers in Metrics, by policy. */
  private readonly alarms: number[] = [];
  private actionsMade = 0;

  constructor(
    private readonly world: World,
    private readonly group: Group,
  ) {
    const { name, policies } = group.options;
    this.policies = policies;
    this.actions = new ActionTable(world.kernel.tables);
    this.alarmed = world.kernel.handler(`${name}/alarm action`, (alarm) => this.onAlarm(alarm));
    this.acted = world.kernel.handler(`${name}/scaling`, (action) => this.act(action));
    this.delayKey = world.streams.key(name, 'actionDelay');
  }

  connect(): void {
    const metrics = this.world.shared(Metrics);
    for (const { alarm } of this.policies) this.alarms.push(metrics.addAlarm(alarm, this.alarmed));
  }

  private onAlarm(alarm: number): void {
    const policy = this.alarms.indexOf(alarm);
    check(policy >= 0, 'an alarm acts on its own group');
    const { actions, world } = this;
    const action = actions.add();
    actions.policy[action] = policy;
    const { values } = world.shared(Metrics).alarms[alarm];
    actions.metric[action] = aggregated(values, this.policies[policy].metricAggregationType);
    this.delayKey.hash(alarm, 0, 0);
    const u = this.delayKey.u53(this.delayKey.h0, this.delayKey.h1, this.actionsMade++);
    world.kernel.after(drawMicros(this.group.options.assume.actionDelay, u), this.acted, action);
  }

  private act(action: number): void {
    const policy = this.actions.policy[action];
    const { rule, warmup } = this.policies[policy];
    const metric = this.actions.metric[action];
    this.actions.free(action);
    const { group, world } = this;
    const wanted = newDesired(rule, metric, group.capacityNow(warmup));
    group.setDesired(wanted);
    world.facts.scaled(group.id, policy, wanted, group.desired);
  }
}
