/**
 * What alarms cost: by the metrics that they look at, prorated by the hour; those that policies create, too. Alarms of
 * 10, 20 and 30 s cost three times as much. Composite alarms and anomaly detection are not modelled.
 */

import { MINUTE } from '../kernel/time.js';
import { metricsRead } from './metric-math.js';
import type { StandingMeter, PriceItem } from './prices.js';

const SOURCE =
  'AWS public pricing feed, plc-cloudwatch-usd-20250923220100 (copy: GitHub lamngockhuong/aws-price)';
const SOURCE_DATE = '2025-09-23';

/** USD per metric and month of an alarm: standard, and high resolution. */
const TIER_1 = ['0.1', '0.3'] as const;
const MONTHLY: Readonly<Record<string, readonly [standard: string, highResolution: string]>> = {
  'us-east-1': TIER_1,
  'us-east-2': TIER_1,
  'us-west-1': TIER_1,
  'us-west-2': TIER_1,
  'eu-west-1': TIER_1,
  'eu-west-2': TIER_1,
  'eu-central-1': TIER_1,
  'eu-north-1': TIER_1,
  'ap-northeast-1': TIER_1,
  'ap-northeast-2': TIER_1,
  'ap-southeast-1': TIER_1,
  'ap-southeast-2': TIER_1,
  'ap-south-1': TIER_1,
  'ca-central-1': TIER_1,
  'sa-east-1': ['0.135', '0.405'],
};

const STANDARD = 'alarmStandardMonth';
const HIGH_RESOLUTION = 'alarmHighResolutionMonth';

export const ALARM_REGIONS: readonly string[] = Object.keys(MONTHLY);

/** The price of an item of these, in a region; undefined when it is none of them. */
export function alarmPrice(region: string, item: string): PriceItem | undefined {
  const prices = Object.hasOwn(MONTHLY, region) ? MONTHLY[region] : undefined;
  if (prices === undefined || (item !== STANDARD && item !== HIGH_RESOLUTION)) return undefined;
  return {
    price: prices[item === STANDARD ? 0 : 1],
    unit: 'alarm-metric-months',
    tiers: [],
    source: SOURCE,
    sourceDate: SOURCE_DATE,
    confidence: 'sourced',
  };
}

/** What of an alarm costs: its metric as written, and its period, µs. */
export interface BilledAlarm {
  readonly metric: string;
  readonly period: number;
}

/** The meters of a resource's alarms: one for each of the two prices, as far as there are such alarms. */
export function alarmMeters(alarms: readonly BilledAlarm[]): readonly StandingMeter[] {
  const kinds = [
    { item: 'Alarms (standard)', price: STANDARD, isHigh: false },
    { item: 'Alarms (high resolution)', price: HIGH_RESOLUTION, isHigh: true },
  ];
  return kinds.flatMap(({ item, price, isHigh }): StandingMeter[] => {
    const metrics = alarms
      .filter(({ period }) => period < MINUTE === isHigh)
      .reduce((sum, { metric }) => sum + metricsRead(metric), 0);
    if (metrics === 0) return [];
    return [
      { kind: 'standing', item, price, service: 'CloudWatch', amount: metrics, per: 'month' },
    ];
  });
}
