/**
 * From the merged tree to a checked scenario: every part is held against its schema on its own, so
 * that one mistake does not hide another; then what parts say about each other.
 */

import { isMap } from '../components/settings/problem.js';
import { inflowOf } from './sent-to.js';
import type { Path, WarningCode } from '../components/settings/problem.js';
import type {
  CheckContext,
  Profile,
  ResourceSchema,
  ResourceView,
} from '../components/settings/resource.js';
import { traffic as trafficSchema } from '../components/settings/traffic.js';
import type { Expectation } from '../observe/measures/expression.js';
import type { Warned } from './allow.js';
import { readAllowed, unallowed } from './allow.js';
import { resolved } from './assumptions.js';
import type {
  Allowed,
  AssumptionInForce,
  CheckedResource,
  CheckedTraffic,
  Scenario,
} from './checked.js';
import { checkEventFields } from './events-sent.js';
import { Examiner } from './examine.js';
import { checkExpectations, namesFor } from './expectations.js';
import { checkFaultTargets } from './fault-targets.js';
import type { FaultSpec } from './faults.js';
import { fault } from './faults.js';
import { baseName, inOrder, ScenarioError, warningAt } from './findings.js';
import type { Finding } from './findings.js';
import type { Registry } from './frame.js';
import { headFields, topAssume } from './frame.js';
import { hashOf } from './hash.js';
import { linksOf } from './links.js';
import { namesOf } from './names.js';
import { NOT_MODELLED, NOT_MODELLED_TYPES, TYPE_WORDS } from './not-modelled.js';
import { checkObjects } from './object-checks.js';
import { checkedOperations, fedByOperations } from './operation-checks.js';
import type { OperationSpec } from './operations.js';
import { operation } from './operations.js';
import { checkPolls } from './polls.js';
import { quotasBlock, quotasInForce, readQuotas } from './quotas.js';
import type { NameKinds } from './references.js';
import { checkReferences } from './references.js';
import { placesOf } from './places.js';
import { checkRegions } from './regions.js';
import type { ForAll } from './resources.js';
import { readResource, withPrograms, writtenBlock } from './resources.js';
import { programWarnings } from './program-warnings.js';
import { checkSenders } from './send-checks.js';
import type { Span } from './times.js';
import { checkLate, checkPlans, durationOf } from './times.js';
import type { Head } from './top-level.js';
import { checkTopKeys, listAt, readHead } from './top-level.js';
import type { MapNode } from './tree.js';
import { placeAt, placedInText } from './tree.js';
import { viewsOf } from './views.js';

type Plain = Readonly<Record<string, unknown>>;
const EMPTY: Plain = Object.freeze({});

/**
 * Checks `plain`, the values of `root` with data files attached. Throws a ScenarioError with all
 * findings. `isVaried`: overrides have been applied, which may leave an entry of `allow` without cause.
 */
export function checkedScenario(
  file: string,
  root: MapNode,
  plain: Plain,
  registry: Registry,
  isVaried = false,
): Scenario {
  return new ScenarioCheck(file, root, plain, registry, isVaried).scenario();
}

/** The parts of a scenario; undefined is what was refused. */
interface Parts {
  readonly top: Head;
  readonly profile: Profile;
  readonly region: string;
  readonly systems: Scenario['systems'];
  readonly quotas: Readonly<Record<string, number>>;
  readonly faults: readonly (FaultSpec | undefined)[];
  readonly operations: readonly (OperationSpec | undefined)[];
  readonly lines: readonly (string | undefined)[];
  readonly allow: readonly (Allowed | undefined)[];
}

/** What the checks of all resources look at. */
type ForChecks = Omit<CheckContext, 'self' | 'path' | 'changesOf' | 'refuse' | 'warn'> & {
  readonly operations: readonly (OperationSpec | undefined)[];
};

class ScenarioCheck {
  private readonly examiner: Examiner;
  /** Every name of the file: `traffic`, a type, or undefined when its type was refused. */
  private kinds: NameKinds = new Map();
  private readonly resources = new Map<string, CheckedResource>();
  private readonly traffic: (CheckedTraffic | undefined)[] = [];
  private readonly assumptions: AssumptionInForce[] = [];
  private readonly warned: Warned[] = [];
  /** Queues that get something by an operation. */
  private fed: ReadonlySet<string> = new Set();

  constructor(
    private readonly file: string,
    private readonly root: MapNode,
    private readonly plain: Plain,
    private readonly registry: Registry,
    private readonly isVaried: boolean,
  ) {
    this.examiner = new Examiner(root);
  }

  scenario(): Scenario {
    const parts = this.readParts();
    const known = this.traffic.filter((one) => one !== undefined);
    const span = this.spanOf(parts, known);
    const operations = this.checkAcross(parts, known, span);
    const expectations = this.expectations(parts, known, span);
    const warnings = this.warnings(parts);
    if (this.examiner.findings.length > 0) {
      throw new ScenarioError(inOrder([...this.examiner.findings, ...warnings]));
    }
    const { top, profile, region, systems } = parts;
    const { root } = this;
    return {
      name: top.name!,
      description: top.description!,
      file: baseName(this.file),
      hash: hashOf(this.plain),
      seed: top.seed!,
      profile,
      region,
      startSeconds: top.start!,
      duration: span!.duration,
      drain: span!.drain,
      warmUp: top.warmUp!,
      traffic: known,
      resources: [...this.resources.values()],
      systems,
      faults: parts.faults.filter((one) => one !== undefined),
      operations: operations.filter((one) => one !== undefined),
      expectations,
      allow: parts.allow.filter((one) => one !== undefined),
      cost: top.cost!,
      assumptions: this.assumptions,
      quotas: quotasInForce(this.types(), [...this.resources.values()], parts),
      warnings: inOrder(warnings),
      registry: this.registry,
      written: this.plain,
      where: (path) => placeAt(root, path, false),
    };
  }

  /** Reads every part on its own; what is wrong with one is undefined in it. */
  private readParts(): Parts {
    checkTopKeys(this.examiner, this.plain);
    const top = readHead(this.examiner, this.plain);
    this.kinds = namesOf(
      this.examiner,
      this.registry,
      this.entries('traffic'),
      this.entries('resources'),
    );
    const writtenAssume = this.plain['assume'];
    const more = {
      notModelled: [...NOT_MODELLED_TYPES, ...(NOT_MODELLED['assume'] ?? [])],
      words: TYPE_WORDS,
      noEffect: {},
    };
    const assume =
      this.examiner.read(topAssume(this.registry).optional(), writtenAssume, ['assume'], more) ??
      EMPTY;
    const profile = top.profile ?? 'typical';
    const region = top.region ?? 'us-east-1';
    const quotas = readQuotas(
      this.examiner.read(quotasBlock(this.registry).optional(), this.plain['quotas'], ['quotas']),
    );
    const forAll = { profile, region, assume, writtenAssume, quotas };
    this.readResources({ ...forAll, schemas: new Map() });
    const systems = this.systems(profile, assume);
    this.readTraffic();
    const { examiner } = this;
    const faults = this.items('faults').map((item, i) => examiner.read(fault, item, ['faults', i]));
    const operations = this.items('operations').map((item, i) =>
      examiner.read(operation, item, ['operations', i]),
    );
    const lines = this.items('expect').map((item, i) =>
      examiner.read(headFields.expect, item, ['expect', i]),
    );
    const allow = this.readAllow();
    return { top, profile, region, systems, quotas, faults, operations, lines, allow };
  }

  /** undefined when the duration or the drain is not known. */
  private spanOf({ top }: Parts, known: readonly CheckedTraffic[]): Span | undefined {
    const isRefused = top.duration === undefined && this.plain['duration'] !== undefined;
    if (isRefused || !isMap(this.plain['traffic'])) return undefined;
    const duration = durationOf(
      this.examiner,
      top.duration,
      known,
      known.length === this.traffic.length,
    );
    return duration === undefined || top.drain === undefined
      ? undefined
      : { duration, drain: top.drain };
  }

  /** What parts say about each other. Returns the operations, held against what they are on. */
  private checkAcross(
    { top, faults, operations, profile }: Parts,
    known: readonly CheckedTraffic[],
    span: Span | undefined,
  ): (OperationSpec | undefined)[] {
    const { types } = this.registry;
    this.fed = fedByOperations(operations);
    const around = { kinds: this.kinds, types, resources: this.resources };
    checkReferences(this.examiner, this.kinds, types);
    checkEventFields(this.examiner, this.kinds, types, known, this.resources);
    const places = placesOf({ resources: this.resources.values(), traffic: known }, types);
    const links = linksOf(known, this.resources, types);
    const inFaults = { ...around, links, places, isRefused: this.isRefused() };
    checkFaultTargets(this.examiner, inFaults, faults);
    if (span !== undefined) {
      checkPlans(this.examiner, span, known);
      checkLate(this.examiner, span, { faults, operations, warmUp: top.warmUp });
    }
    const { kinds } = this;
    const resources = this.entries('resources');
    const inRegions = { region: top.region, types: this.types(), kinds, resources, places };
    checkRegions(this.examiner, { ...inRegions, traffic: known });
    checkPolls(this.examiner, this.resources);
    checkObjects(this.examiner, this.resources, known);
    const isIncomplete = this.traffic.includes(undefined) || this.refusedNames().length > 0;
    checkSenders(this.examiner, { traffic: known, resources: this.resources, types, isIncomplete });
    const inflow = inflowOf(known, this.resources, types, operations);
    const forAll: ForChecks = {
      isSentTo: (name) => inflow.sentTo.has(name),
      takesDeadLetters: (name) => inflow.deadLetterQueues.has(name),
      profile,
      resources: this.resources,
      refused: new Set(this.refusedNames()),
      traffic: viewsOf(this.traffic),
      startSeconds: top.start ?? 0,
      end: span === undefined || top.start === undefined ? undefined : span.duration + span.drain,
      operations,
    };
    this.componentChecks(forAll);
    for (const { code, on, path, message } of programWarnings(
      this.types(),
      this.resources,
      known,
      span,
    )) {
      this.warn(path, code, message, on);
    }
    const contextOf = (self: ResourceView): CheckContext => this.contextOf(self, forAll);
    return checkedOperations(this.examiner, { ...around, contextOf }, operations);
  }

  /** Whether a name's own settings, or its type, were refused. */
  private isRefused(): (name: string) => boolean {
    const known = new Set(this.resources.keys());
    for (const one of this.traffic) if (one !== undefined) known.add(one.name);
    return (name) => !known.has(name);
  }

  /** Resources whose own settings, or type, were refused. */
  private refusedNames(): string[] {
    return [...this.kinds]
      .filter(([name, kind]) => kind !== 'traffic' && !this.resources.has(name))
      .map(([name]) => name);
  }

  /** The types that occur. */
  private types(): ResourceSchema[] {
    const kinds = new Set(this.kinds.values());
    return this.registry.types.filter(({ type }) => kinds.has(type));
  }

  private expectations(
    { lines }: Parts,
    known: readonly CheckedTraffic[],
    span: Span | undefined,
  ): Expectation[] {
    const end = span === undefined ? undefined : span.duration + span.drain;
    const names = namesFor(this.registry, this.kinds, known, this.resources, end);
    return checkExpectations(this.examiner, this.root, lines, names, this.refusedNames());
  }

  /** Those that nobody allowed. What only follows from a refused resource or traffic is not told. */
  private warnings({ allow }: Parts): Finding[] {
    const isRefused =
      this.resources.size < this.entries('resources').length || this.traffic.includes(undefined);
    if (isRefused) return [];
    const isIncomplete = this.examiner.findings.length > 0;
    return unallowed(this.examiner, this.warned, allow, ({ place }) => {
      return isIncomplete || this.isVaried || place.file !== this.file;
    });
  }

  // --- the top level ---------------------------------------------------------------------------

  private items(key: string): readonly unknown[] {
    return listAt(this.examiner, this.plain, key);
  }

  private entries(key: 'traffic' | 'resources'): readonly (readonly [string, unknown])[] {
    const map = this.plain[key];
    return isMap(map) ? Object.entries(map) : [];
  }

  private readAllow(): (Allowed | undefined)[] {
    return this.items('allow').map((item, i) => {
      const text = this.examiner.read(headFields.allow, item, ['allow', i]);
      if (text === undefined) return undefined;
      return readAllowed(this.examiner, this.root, text, i, {
        names: [...this.kinds.keys()],
        invariants: this.registry.invariants,
      });
    });
  }

  // --- names, resources, traffic ---------------------------------------------------------------

  private readResources(top: ForAll): void {
    for (const [name, body] of this.entries('resources')) {
      const type = this.registry.types.find((candidate) => candidate.type === this.kinds.get(name));
      if (type === undefined || !isMap(body)) continue;
      const read = readResource(this.examiner, type, name, body, top);
      if (read === undefined) continue;
      this.resources.set(name, read.resource);
      this.assumptions.push(...read.inForce);
    }
    withPrograms(this.registry.types, this.resources);
  }

  private systems(profile: Profile, assume: Plain): Scenario['systems'] {
    const systems: Record<string, Plain> = {};
    for (const { name, assume: fields } of this.registry.systems) {
      const own = resolved(fields, {
        profile,
        isFifo: false,
        path: `assume.${name}`,
        parsed: [assume[name] as Plain | undefined],
        written: [writtenBlock(this.plain['assume'], name)],
      });
      systems[name] = own.values;
      this.assumptions.push(...own.inForce);
    }
    return systems;
  }

  private readTraffic(): void {
    for (const [name, body] of this.entries('traffic')) {
      const read = this.examiner.read(trafficSchema, body, ['traffic', name]);
      this.traffic.push(read === undefined ? undefined : { name, ...read });
    }
  }

  // --- checks that the types bring ---------------------------------------------------------------

  private componentChecks(forAll: ForChecks): void {
    for (const self of this.resources.values()) {
      const type = this.registry.types.find((candidate) => candidate.type === self.type);
      type?.checks?.(this.contextOf(self, forAll));
    }
  }

  private contextOf(self: ResourceView, { operations, ...forAll }: ForChecks): CheckContext {
    const path = ['resources', self.name];
    const sets = operations.filter((one) => one?.verb === 'set' && one.on === self.name);
    return {
      ...forAll,
      self,
      path,
      changesOf: (key) => sets.map((one) => (one?.verb === 'set' ? one.settings[key] : undefined)),
      refuse: (problem) => this.examiner.refuse(path, placedInText(this.root, path, problem)),
      warn: (code, message, below = [], on = self.name) => {
        this.warn([...path, ...below], code, message, on);
      },
    };
  }

  /** One warning of a kind about a name is enough. */
  private warn(path: Path, code: WarningCode, message: string, on: string): void {
    if (this.warned.some((one) => one.finding.code === code && one.on === on)) return;
    if (this.fed.has(on) && (code === 'nobody-sends' || code === 'nobody-consumes')) return;
    this.warned.push({
      finding: warningAt(placeAt(this.root, path, path.length <= 2), path, code, message),
      on,
    });
  }
}
