/**
 * How long an environment takes to start, unless `assume.coldStart` says it: by packaging, SnapStart and runtime.
 * Sources: mikhail.io/serverless/coldstarts/aws (2021) for the ranges, of which these are the lognormal forms; AWS says
 * "from under 100 ms to over 1 second" (Lambda Developer Guide "lambda-runtime-environment", 2026).
 */

import type { DistributionSpec } from '../../kernel/distributions/distribution.js';
import type { Profile } from '../settings.js';
import { distribution } from '../settings.js';
import type { Read } from '../settings/problem.js';
import { reading, setting } from '../settings/setting.js';

/** The word that stands for the defaults below. */
export const BY_RUNTIME = 'byRuntime';

const MS = 1_000;

/** Medians and 99th percentiles, µs. */
const STARTS = {
  image: { p50: 900 * MS, p99: 1_800 * MS },
  snapStart: { p50: 200 * MS, p99: 640 * MS },
  heavy: { p50: 1_200 * MS, p99: 3_800 * MS },
  light: { p50: 260 * MS, p99: 740 * MS },
} as const;

/** What decides how long a start takes. */
export interface Packaging {
  readonly runtime: string;
  readonly isImage: boolean;
  readonly hasSnapStart: boolean;
}

/** Without noise a start takes its median: it really takes time. */
export function coldStartOf(packaging: Packaging, profile: Profile): DistributionSpec {
  const { p50, p99 } = STARTS[kindOf(packaging)];
  return profile === 'ideal' ? { kind: 'constant', value: p50 } : { kind: 'lognormal', p50, p99 };
}

function kindOf({ runtime, isImage, hasSnapStart }: Packaging): keyof typeof STARTS {
  if (isImage) return 'image';
  if (hasSnapStart) return 'snapStart';
  return isHeavy(runtime) ? 'heavy' : 'light';
}

/** Runtimes with a virtual machine of their own to start. */
export function isHeavy(runtime: string): boolean {
  return runtime.startsWith('java') || runtime.startsWith('dotnet');
}

/** A time, or the word; null stands for the word. */
export function coldStartTime() {
  const time = reading(distribution('duration'));
  const read: Read<DistributionSpec | null> = (written, refuse) =>
    written === BY_RUNTIME ? null : time(written, refuse);
  return setting(read, {
    anyOf: [{ type: ['string', 'number'] }, { type: 'object' }],
    'x-form': `a time, a distribution of times, or ${BY_RUNTIME}`,
  });
}
