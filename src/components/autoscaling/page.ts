/** What the settings of a group and of its policies have in common. */

export const PAGE = 'docs/components/autoscaling.group.md';
export const API = 'botocore autoscaling service-2.json, Aug 2026';
export const INVALID = 'ValidationError';

export const notModelled = (...keys: string[]): Record<string, string> =>
  Object.fromEntries(keys.map((key) => [key, PAGE]));
