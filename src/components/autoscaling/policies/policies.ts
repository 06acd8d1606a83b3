/**
 * Policies of one group that act on alarms: an alarm's action arrives, and after `actionDelay` its policy decides
 * on the metric as the alarm saw it. Actions repeat each minute while the alarm is in ALARM.
 */

import { check } from '../../../kernel/check.js';
import { drawMicros } from '../../../kernel/distributions/distribution.js';
import type { Handler } from '../../../kernel/kernel.js';
import type { MarkKey } from '../../../kernel/random/marks.js';
import { Table } from '../../../kernel/table.js';
import { Metrics } from '../../metric-port.js';
import type { World } from '../../world.js';
import type { Decider } from './decider.js';
import type { Group } from '../group.js';

/** Actions on their way to the group. */
class ActionTable extends Table {
  /** The policy's place in the group's list. */
  readonly policy = this.u16('policy');
  /** Which of the policy's alarms it was. */
  readonly alarm = this.u8('alarm');
  /** The metric that the policy decides by. */
  readonly metric = this.f64('metric');
}

export class AlarmPolicies {
  private readonly actions: ActionTable;
  private readonly alarmed: Handler;
  private readonly acted: Handler;
  private readonly delayKey: MarkKey;
  private actionsMade = 0;

  constructor(
    private readonly world: World,
    private readonly group: Group,
    /** By the place of the policy in the group's list; null: it acts on no alarm. */
    private readonly deciders: readonly (Decider | null)[],
    /** What they do not scale in below. */
    private readonly floor: () => number,
  ) {
    const { name } = group.options;
    this.actions = new ActionTable(world.kernel.tables);
    this.alarmed = world.kernel.handler(`${name}/alarm action`, (alarm) => this.onAlarm(alarm));
    this.acted = world.kernel.handler(`${name}/scaling`, (action) => this.act(action));
    this.delayKey = world.streams.key(name, 'actionDelay');
  }

  connect(): void {
    const metrics = this.world.shared(Metrics);
    for (const decider of this.deciders) {
      for (const alarm of decider?.alarms ?? [])
        decider!.numbers.push(metrics.addAlarm(alarm, this.alarmed));
    }
  }

  private onAlarm(alarm: number): void {
    const policy = this.deciders.findIndex((one) => one?.numbers.includes(alarm) === true);
    check(policy >= 0, 'an alarm acts on its own group');
    const { actions, world } = this;
    const decider = this.deciders[policy]!;
    const action = actions.add();
    actions.policy[action] = policy;
    actions.alarm[action] = decider.numbers.indexOf(alarm);
    actions.metric[action] = decider.metricOf(world.shared(Metrics).alarms[alarm].values);
    this.delayKey.hash(alarm, 0, 0);
    const u = this.delayKey.u53(this.delayKey.h0, this.delayKey.h1, this.actionsMade++);
    world.kernel.after(drawMicros(this.group.options.assume.actionDelay, u), this.acted, action);
  }

  private act(action: number): void {
    const { actions, group, world } = this;
    const policy = actions.policy[action];
    const alarm = actions.alarm[action];
    const metric = actions.metric[action];
    actions.free(action);
    const { wanted, desired } = this.deciders[policy]!.decide(alarm, metric);
    group.setDesired(Math.max(desired, Math.min(group.desired, this.floor())));
    world.facts.scaled(group.id, policy, wanted, group.desired);
  }
}
