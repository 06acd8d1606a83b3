/**
 * What a fault is on, and whether it can happen there: instances of fleets break, calls between clients and
 * services get lost, are refused or take longer. Regions: region-faults.ts.
 */

import { isConstantZero } from '../components/settings/resource.js';
import type { ResourceSchema, ResourceView } from '../components/settings/resource.js';
import { linkOf } from '../components/settings/words.js';
import type { ResourceRole } from '../components/settings/roles.js';
import { kindsWith } from '../components/settings/roles.js';
import { nearestOf } from '../components/settings/nearest.js';
import type { Examiner } from './examine.js';
import { FaultCheck } from './fault-check.js';
import type { FaultSpec } from './faults.js';
import { CALL_FAULTS } from './faults.js';
import type { Link } from './links.js';
import { linkNamed } from './links.js';
import type { NameKinds } from './references.js';
import { refuseUnless } from './references.js';
import { RegionFaultCheck } from './region-faults.js';
import { REGION_SHAPE, ZONE_SHAPE } from './regions.js';

/** What faults are held against. */
export interface FaultSurroundings {
  readonly kinds: NameKinds;
  readonly types: readonly ResourceSchema[];
  readonly resources: ReadonlyMap<string, ResourceView>;
  readonly links: readonly Link[];
  /** By name: its region, or another place. */
  readonly places: ReadonlyMap<string, string>;
  /** Names whose own settings were refused: nothing is known of their links. */
  readonly isRefused: (name: string) => boolean;
}

export function checkFaultTargets(
  examiner: Examiner,
  around: FaultSurroundings,
  faults: readonly (FaultSpec | undefined)[],
): void {
  faults.forEach((fault, i) => {
    if (fault !== undefined) new TargetCheck(examiner, around, fault, i).check();
  });
}

/** What a finding suggests. */
const COMMON_STATUSES = [400, 403, 404, 429, 500, 503];

class TargetCheck extends FaultCheck {
  constructor(
    examiner: Examiner,
    private readonly around: FaultSurroundings,
    fault: FaultSpec,
    index: number,
  ) {
    super(examiner, fault, index);
  }

  check(): void {
    const { on } = this.fault;
    const link = linkOf(on);
    if (ZONE_SHAPE.test(on)) this.zone();
    else if (REGION_SHAPE.test(on)) this.regions().region();
    else if (link === undefined) this.resource();
    else if (REGION_SHAPE.test(link.from) || REGION_SHAPE.test(link.to)) this.regions().way(link);
    else this.link();
  }

  private regions(): RegionFaultCheck {
    return new RegionFaultCheck(this.examiner, this.around, this.fault, this.index);
  }

  // --- a zone --------------------------------------------------------------------------------------

  private zone(): void {
    const { examiner, around, path } = this;
    const { on } = this.fault;
    if (!this.isOutage('a zone')) return;
    const zones = [...new Set([...around.resources.values()].flatMap((one) => this.zonesOf(one)))];
    if (zones.includes(on)) return;
    const near = nearestOf(on, zones);
    examiner.refuse(path, {
      code: 'never-happens',
      found: on,
      message: `nothing of this scenario lies in ${on}`,
      allowed: zones.length === 0 ? 'the zone of a fleet; the scenario has none' : zones.join(', '),
      path: ['on'],
      ...(near === undefined ? {} : { nearest: near }),
    });
  }

  private zonesOf(resource: ResourceView): readonly string[] {
    const type = this.around.types.find((one) => one.type === resource.type);
    return type?.zonesOf?.(resource) ?? [];
  }

  // --- a resource --------------------------------------------------------------------------------

  private resource(): void {
    const { examiner, around, fault, path } = this;
    const { on, verb } = fault;
    const kind = around.kinds.get(on);
    const isFleet = kind !== undefined && this.kinds(['fleet']).includes(kind);
    if (isFleet && verb === 'fail') {
      this.notModelled(
        'on',
        "failures of a fleet's handlers",
        'a step { fail: 20% } of its handler',
      );
      return;
    }
    const kinds = this.kindsFor(verb);
    if (
      !refuseUnless(examiner, around.kinds, {
        name: on,
        kinds,
        path: [...path, 'on'],
        onKey: false,
      })
    )
      return;
    if (around.isRefused(on)) return;
    this.spot(on);
    const { api } = fault;
    const isService = kind !== undefined && !isFleet;
    if (isService && verb === 'down' && fault.amount.kind === 'count') {
      examiner.refuse(path, {
        code: 'wrong-kind',
        found: String(fault.amount.count),
        allowed: 'a share of its calls such as 100%: a service has no instances',
        path: ['down'],
      });
    }
    if (verb === 'crash' && !isFleet) this.failover(on);
    this.status(on);
    const callers = around.links.filter(({ target }) => target === on);
    if (api !== undefined) this.operation(api, callers, `nobody calls ${api} of ${on}`);
    this.slowOfNothing(on);
  }

  /** Nobody interrupts instances on demand. */
  private spot(on: string): void {
    const { examiner, around, fault, path } = this;
    const resource = around.resources.get(on);
    const type = around.types.find((one) => one.type === resource?.type);
    if (fault.verb !== 'interrupt' || resource === undefined || type?.hasSpot?.(resource) === true)
      return;
    examiner.refuse(path, {
      code: 'never-happens',
      found: on,
      message: `${on} has no Spot instances`,
      allowed: 'a fleet with mixedInstancesPolicy: { instancesDistribution: { … } }',
      path: ['on'],
    });
  }

  private kindsFor(verb: FaultSpec['verb']): string[] {
    const services = this.around.types
      .filter(({ operations }) => (operations ?? []).length > 0)
      .map(({ type }) => type);
    if (verb === 'interrupt') return this.kinds(['fleet']);
    if (verb === 'crash') return this.kinds(['fleet', 'database']);
    if (verb === 'down' || verb === 'slow') return [...this.kinds(['fleet']), ...services];
    if (verb === 'hide') return this.publishers();
    return services;
  }

  /** Types with metrics that can be hidden. */
  private publishers(): string[] {
    const { types } = this.around;
    return types
      .filter(({ metrics = {} }) => Object.keys(metrics).length > 0)
      .map(({ type }) => type);
  }

  /** Types with one of these roles. */
  private kinds(roles: readonly ResourceRole[]): string[] {
    return kindsWith(this.around.types, roles);
  }

  /** One instance, and a standby that takes over. */
  private failover(on: string): void {
    const { fault } = this;
    if (fault.verb !== 'crash') return;
    const { amount } = fault;
    const isWhole = amount.kind === 'count' ? amount.count === 1 : amount.share === 1;
    if (!isWhole) {
      this.examiner.refuse(this.path, {
        code: 'wrong-kind',
        found: amount.kind === 'count' ? String(amount.count) : 'a share',
        message: `a database is one instance`,
        allowed: 'crash: 1',
        path: ['crash'],
      });
    }
    if (this.around.resources.get(on)?.settings['multiAZ'] === true) return;
    this.notModelled(
      'on',
      'crashes of a database without a standby',
      'multiAZ: true, or down: 100%',
    );
  }

  // --- a link ------------------------------------------------------------------------------------

  private link(): void {
    const { examiner, around, fault, path } = this;
    const { from, to } = linkOf(fault.on)!;
    const at = { path: ['on'], onKey: false };
    for (const name of [from, to]) {
      if (around.kinds.has(name)) continue;
      const near = nearestOf(name, [...around.kinds.keys()]);
      examiner.refuse(path, {
        code: 'unknown-name',
        found: name,
        message: `nothing is called ${name}`,
        allowed: [...around.kinds.keys()].join(', '),
        ...(near === undefined ? {} : { nearest: near }),
        ...at,
      });
      return;
    }
    if (around.isRefused(from) || around.isRefused(to)) return;
    const link = linkNamed(around.links, fault.on);
    if (link === undefined) {
      const links = around.links.map((one) => `${one.from} -> ${one.to}`);
      const isBackwards = links.includes(`${to} -> ${from}`);
      examiner.refuse(path, {
        code: 'never-happens',
        found: fault.on,
        message: `nothing goes from ${from} to ${to}`,
        allowed: links.length === 0 ? 'no links in this scenario' : links.join(', '),
        ...(isBackwards ? { nearest: `${to} -> ${from}` } : {}),
        ...at,
      });
    } else if (!CALL_FAULTS.includes(fault.verb)) {
      examiner.refuse(path, {
        code: 'wrong-kind',
        found: fault.on,
        message: `${fault.verb} on a link`,
        allowed: `${CALL_FAULTS.join(', ')} on links; ${fault.verb} on a resource`,
        ...at,
      });
    } else {
      const { api } = fault;
      if (api !== undefined)
        this.operation(api, [link], `${link.client} never calls ${api} of ${link.target}`);
      this.status(link.target);
      this.slowOfNothing(link.target);
    }
  }

  // --- both --------------------------------------------------------------------------------------

  private operation(api: string, links: readonly Link[], message: string): void {
    const called = [...new Set(links.flatMap(({ operations }) => operations))];
    if (called.includes(api)) return;
    const nearest = nearestOf(api, called);
    this.examiner.refuse(this.path, {
      code: 'never-happens',
      found: api,
      message,
      allowed: called.length === 0 ? 'nothing: nobody calls it' : called.join(', '),
      ...(nearest === undefined ? {} : { nearest }),
      path: ['api'],
    });
  }

  /** A status that the service never answers with. */
  private status(target: string): void {
    const { fault, around } = this;
    if (fault.verb !== 'fail') return;
    const kind = around.kinds.get(target);
    const type = around.types.find((one) => one.type === kind);
    if (type?.errorOfStatus === undefined || type.errorOfStatus(fault.status) !== undefined) return;
    this.examiner.refuse(this.path, {
      code: 'not-modelled',
      found: String(fault.status),
      message: `an answer ${fault.status} of ${kind} is not modelled`,
      allowed: COMMON_STATUSES.filter((one) => type.errorOfStatus!(one) !== undefined).join(', '),
      path: ['status'],
    });
  }

  /** Five times nothing is nothing. */
  private slowOfNothing(target: string): void {
    const { fault } = this;
    if (fault.verb !== 'slow' || fault.slow.added > 0) return;
    const { assume } = this.around.resources.get(target) ?? {};
    const kind = this.around.kinds.get(target);
    const type = this.around.types.find((one) => one.type === kind);
    const isAtOnce = type?.isReachedAtOnce === true && (fault.on !== target || isIdle(type));
    if (assume === undefined || !(isAtOnce || isConstantZero(assume['apiLatency']))) return;
    const why = isAtOnce ? 'on their way' : '(assume.apiLatency)';
    this.examiner.refuse(this.path, {
      code: 'never-happens',
      message: `calls of ${target} take no time ${why}, whatever the factor`,
      allowed: 'a time that is added, such as slow: 2s',
      path: ['slow'],
    });
  }
}

/** It takes what is pushed to it, and that is all: there is no work that could take longer. */
function isIdle({ roles = [], shape }: ResourceSchema): boolean {
  return roles.includes('endpoint') && shape.programs === undefined;
}
