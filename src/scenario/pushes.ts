/**
 * Who delivers by itself, and to whom: the links of topics, buses, notifications and schedules, as their types tell
 * them, and what follows from them for those at the other end.
 */

import type { PushLink } from '../components/settings/push-link.js';
import type { ResourceSchema, ResourceView } from '../components/settings/resource.js';
import { isConsumer } from '../components/settings/resource.js';
import type { OperationSpec } from './operations.js';

export class Pushes {
  /**
   * By name of the pusher, in file order, then those that operations add, in order of time; a resource that could have
   * links is there without any, too.
   */
  readonly byPusher: ReadonlyMap<string, readonly PushLink[]>;
  private readonly targets: ReadonlySet<string>;

  constructor(
    resources: readonly ResourceView[],
    private readonly types: readonly ResourceSchema[],
    /** Checked ones, with settings as they are after each; `every` counts once. */
    operations: readonly OperationSpec[] = [],
  ) {
    const changes = [...operations].sort((a, b) => a.at - b.at);
    this.byPusher = new Map(
      resources.flatMap((resource) => {
        const links = this.typeOf(resource)?.pushes?.(resource);
        if (links === undefined) return [];
        return [[resource.name, [...links, ...this.laterLinks(resource, links, changes)]] as const];
      }),
    );
    const all = [...this.byPusher.values()].flat();
    this.targets = new Set(all.map(({ target }) => target));
  }

  /** A link that is removed and added again is another one. */
  private laterLinks(
    resource: ResourceView,
    first: readonly PushLink[],
    changes: readonly OperationSpec[],
  ): PushLink[] {
    const later: PushLink[] = [];
    let { settings } = resource;
    let before = first;
    for (const change of changes) {
      if (change.verb !== 'set' || change.on !== resource.name) continue;
      settings = { ...settings, ...change.settings };
      const after = this.typeOf(resource)?.pushes?.({ ...resource, settings }) ?? [];
      const known = new Set(before.map(({ name }) => name));
      later.push(...after.filter(({ name }) => !known.has(name)));
      before = after;
    }
    return later;
  }

  /** What it delivers to; undefined: it is no pusher. */
  linksOf(name: string): readonly PushLink[] | undefined {
    return this.byPusher.get(name);
  }

  /** It is pushed to, and passes on what it takes: what is owed to it is done then. */
  isRelay(resource: ResourceView): boolean {
    const { name } = resource;
    return this.byPusher.has(name) && this.targets.has(name) && !this.isConsumer(resource);
  }

  /**
   * Whether messages are handled there: it pulls them, or they are pushed or sent to it and it is neither a store that
   * others pull from nor somebody who passes them on.
   */
  isConsumer(resource: ResourceView): boolean {
    const type = this.typeOf(resource);
    if (type !== undefined && isConsumer(type)) return true;
    if (this.byPusher.has(resource.name) || resource.roles.includes('queue')) return false;
    return resource.roles.includes('inbox') || this.targets.has(resource.name);
  }

  private typeOf(resource: ResourceView): ResourceSchema | undefined {
    return this.types.find(({ type }) => type === resource.type);
  }
}
