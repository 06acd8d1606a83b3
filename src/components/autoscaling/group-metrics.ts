/**
 * What CloudWatch reads of a group, under its names (components/group-metrics.ts). Instances count as in service as
 * Auto Scaling sees them: once they are up, or a launching hook has let them go on.
 */

import type { Micros } from '../../kernel/time.js';
import type { GroupMetricName } from '../group-metrics.js';
import type { WorkMeter } from '../program/work-meter.js';
import type { World } from '../world.js';
import type { Group } from './group.js';
import { AUTOSCALING_LIMITS } from './limits.js';

const PERCENT = 100;

/** While building. */
export function addGroupGauges(world: World, group: Group): void {
  const serving = (): number => {
    const rows = group.members.rows();
    return rows.filter((worker) => group.instances.isServing(worker)).length;
  };
  const readings: Record<Exclude<GroupMetricName, 'CPUUtilization'>, () => number> = {
    GroupMinSize: () => group.capacityNow(0).min,
    GroupMaxSize: () => group.capacityNow(0).max,
    GroupDesiredCapacity: () => group.desired,
    GroupInServiceInstances: serving,
    GroupPendingInstances: () => group.members.size - serving(),
    GroupTerminatingInstances: () => group.leaving.size,
    GroupTotalInstances: () => group.members.size + group.leaving.size,
  };
  for (const [name, read] of Object.entries(readings)) world.addGauge(group.id, { name, read });
  const cpu = new CpuUtilization(world, group);
  world.addGauge(group.id, {
    name: 'CPUUtilization',
    read: () => cpu.read(),
    resolution: cpu.period,
    watch: () => cpu.watch(),
  });
}

/**
 * The share of an instance's poll loops that were busy with `work` since the last reading, while it was up; the mean
 * over the instances that are in service now, in percent. An assumption: the model has no processors.
 */
class CpuUtilization {
  readonly period: Micros;
  private meter: WorkMeter | null = null;
  /** By worker: its loops' time of work at the last reading. */
  private worked: number[] = [];
  private readAt: Micros = 0;
  private value = NaN;

  constructor(
    private readonly world: World,
    private readonly group: Group,
  ) {
    const { basicMonitoring, detailedMonitoring } = AUTOSCALING_LIMITS;
    this.period = group.options.detailedMonitoring === true ? detailedMonitoring : basicMonitoring;
  }

  watch(): void {
    this.meter ??= this.group.program.meterWork();
  }

  /** All who look read it at the same instants. */
  read(): number {
    const { now } = this.world.kernel;
    if (now === this.readAt || this.meter === null) return this.value;
    this.value = this.meanOf(this.meter, now);
    this.readAt = now;
    return this.value;
  }

  private meanOf(meter: WorkMeter, now: Micros): number {
    const { instances, program } = this.group;
    let shares = 0;
    let count = 0;
    for (const worker of this.group.members.rows()) {
      const before = this.worked[worker] ?? 0;
      this.worked[worker] = meter.timeOf(worker);
      const time = now - Math.max(this.readAt, instances.upAt[worker]);
      if (!instances.isUp(worker) || time <= 0) continue;
      count++;
      if (program.loopsPerProcess > 0)
        shares += (this.worked[worker] - before) / (time * program.loopsPerProcess);
    }
    return count === 0 ? NaN : (shares / count) * PERCENT;
  }
}
