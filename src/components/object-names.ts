/**
 * Objects in buckets: which resources are buckets, and how their writers name what they put there. The key of an
 * object is `prefix`, the key of the message that it is written for, and `suffix`.
 */

import type { World } from './world.js';

/** The resource numbers of buckets; reached by `world.shared(Buckets)`. */
export class Buckets {
  private readonly ids = new Set<number>();

  /** Before anything is built that writes there. */
  declare(id: number): void {
    this.ids.add(id);
  }

  has(id: number): boolean {
    return this.ids.has(id);
  }
}

/** Text around the key, and how the object comes. */
export interface Naming {
  readonly prefix: string;
  readonly suffix: string;
  /** By a multipart upload. */
  readonly isInParts: boolean;
}

/** "Nobody says how the object is named": its key is the message's. */
export const PLAIN_NAMES = 0;

/** Reached by `world.shared(ObjectNames)`. */
export class ObjectNames {
  private readonly namings: Naming[] = [{ prefix: '', suffix: '', isInParts: false }];

  constructor(private readonly world: World) {}

  /** While building. Writers that name alike have the same number. */
  add(prefix: string, suffix: string, isInParts = false): number {
    const known = this.namings.findIndex(
      (one) => one.prefix === prefix && one.suffix === suffix && one.isInParts === isInParts,
    );
    return known >= 0 ? known : this.namings.push({ prefix, suffix, isInParts }) - 1;
  }

  of(naming: number): Naming {
    return this.namings[naming];
  }

  /** The whole key of an object; `key` is a label. */
  textOf(naming: number, key: number): string {
    const { prefix, suffix } = this.namings[naming];
    return `${prefix}${this.world.labels.textOf(key)}${suffix}`;
  }
}
