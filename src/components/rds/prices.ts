/**
 * What a database costs: its instance by the second, and its storage by the gigabyte and month, for as long as the
 * run lasts: it stands before and after. A Multi-AZ database has a price of its own.
 */

import { check } from '../../kernel/check.js';
import { GIBIBYTE } from './limits.js';
import type { PriceTable } from '../price-tables.js';
import { cellOf, PRICED_REGIONS } from '../price-tables.js';
import type { MeteredSettings, MeterSpec, PriceItem, PriceItems } from '../prices.js';

const SOURCE = 'AWS public pricing feed, plc-rds-usd-20250617161103 '
  + '(copy: GitHub QuinnyPig/aws-price-watcher)';
const SOURCE_DATE = '2025-06-17';

/** USD per GB-month, in the order of PRICED_REGIONS. */
const STORAGE: PriceTable = {
  'gp3': '0.115 0.115 0.138 0.115 0.127 0.133 0.137 0.12'
    + ' 0.138 0.131 0.138 0.138 0.131 0.127 0.219',
  'gp3.multiAz': '0.23 0.23 0.276 0.23 0.254 0.266 0.274 0.24'
    + ' 0.276 0.262 0.276 0.276 0.262 0.254 0.438',
};

/** USD per instance-hour, on demand, in the order of PRICED_REGIONS; `-`: not offered there, or no source. */
const HOURLY: PriceTable = {
  'mysql.db.m5.large': '0.171 0.171 0.195 0.171 0.189 0.198 0.203 0.18'
    + ' 0.235 0.236 0.235 0.235 0.241 0.189 0.231',
  'mysql.db.m5.large.multiAz': '0.342 0.342 0.39 0.342 0.378 0.396 0.406 0.359'
    + ' 0.47 0.472 0.47 0.47 0.482 0.378 0.462',
  'mysql.db.m5.xlarge': '0.342 0.342 0.39 0.342 0.378 0.396 0.406 0.359'
    + ' 0.47 0.472 0.47 0.47 0.482 0.378 0.462',
  'mysql.db.m5.xlarge.multiAz': '0.684 0.684 0.78 0.684 0.756 0.792 0.812 0.718'
    + ' 0.94 0.944 0.94 0.94 0.964 0.756 0.924',
  'mysql.db.m6g.large': '0.152 0.152 0.173 0.152 0.168 0.176 0.18 0.16'
    + ' 0.209 0.21 0.209 0.209 0.214 0.168 0.205',
  'mysql.db.m6g.large.multiAz': '0.304 0.304 0.347 0.304 0.336 0.352 0.361 0.32'
    + ' 0.418 0.42 0.418 0.418 0.428 0.336 0.411',
  'mysql.db.m6g.xlarge': '0.304 0.304 0.347 0.304 0.336 0.352 0.361 0.32'
    + ' 0.418 0.42 0.418 0.418 0.428 0.336 0.411',
  'mysql.db.m6g.xlarge.multiAz': '0.608 0.608 0.693 0.608 0.672 0.704 0.722 0.64'
    + ' 0.836 0.839 0.836 0.836 0.857 0.672 0.821',
  'mysql.db.m7g.large': '0.168 0.168 0.192 0.168 0.186 0.1952 0.2 0.177'
    + ' 0.234 0.2344 0.234 0.234 0.239 0.1856 0.221',
  'mysql.db.m7g.large.multiAz': '0.337 0.337 0.384 0.337 0.372 0.3904 0.401 0.354'
    + ' 0.468 0.4688 0.468 0.468 0.479 0.3712 0.442',
  'mysql.db.r5.large': '0.24 0.24 0.265 0.24 0.265 0.28 0.29 0.245'
    + ' 0.285 0.285 0.285 0.285 0.27 0.26 0.5',
  'mysql.db.r5.large.multiAz': '0.48 0.48 0.53 0.48 0.53 0.56 0.58 0.49'
    + ' 0.57 0.57 0.57 0.57 0.54 0.52 1',
  'mysql.db.r6g.large': '0.215 0.215 0.237 0.215 0.237 0.251 0.26 0.219'
    + ' 0.255 0.255 0.255 0.255 0.242 0.233 0.444',
  'mysql.db.r6g.large.multiAz': '0.43 0.43 0.474 0.43 0.474 0.501 0.519 0.439'
    + ' 0.51 0.51 0.51 0.51 0.483 0.465 0.888',
  'mysql.db.r6g.xlarge': '0.43 0.43 0.474 0.43 0.474 0.501 0.519 0.439'
    + ' 0.51 0.51 0.51 0.51 0.483 0.465 0.888',
  'mysql.db.r6g.xlarge.multiAz': '0.859 0.859 0.949 0.859 0.949 1.002 1.038 0.877'
    + ' 1.02 1.02 1.02 1.02 0.967 0.931 1.775',
  'mysql.db.r7g.large': '0.239 0.239 0.2678 0.239 0.268 0.2805 0.291 0.2454'
    + ' 0.287 0.2869 0.287 0.287 0.272 0.2582 0.497',
  'mysql.db.r7g.large.multiAz': '0.478 0.478 0.5356 0.478 0.536 0.561 0.582 0.4908'
    + ' 0.574 0.5738 0.574 0.574 0.544 0.5164 0.994',
  'mysql.db.t3.micro': '0.017 0.017 0.022 0.017 0.018 0.019 0.02 0.017'
    + ' 0.026 0.026 0.026 0.026 0.025 0.019 0.035',
  'mysql.db.t3.micro.multiAz': '0.034 0.034 0.044 0.034 0.036 0.038 0.04 0.034'
    + ' 0.052 0.052 0.052 0.052 0.049 0.037 0.07',
  'mysql.db.t3.small': '0.034 0.034 0.044 0.034 0.036 0.038 0.04 0.034'
    + ' 0.052 0.052 0.052 0.052 0.049 0.037 0.07',
  'mysql.db.t3.small.multiAz': '0.068 0.068 0.088 0.068 0.072 0.076 0.08 0.068'
    + ' 0.104 0.104 0.104 0.104 0.098 0.074 0.14',
  'mysql.db.t3.medium': '0.068 0.068 0.088 0.068 0.072 0.076 0.08 0.068'
    + ' 0.104 0.104 0.104 0.104 0.098 0.074 0.14',
  'mysql.db.t3.medium.multiAz': '0.136 0.136 0.176 0.136 0.144 0.152 0.16 0.137'
    + ' 0.208 0.208 0.208 0.208 0.196 0.148 0.28',
  'mysql.db.t3.large': '0.136 0.136 0.176 0.136 0.144 0.152 0.16 0.137'
    + ' 0.208 0.208 0.208 0.208 0.196 0.148 0.28',
  'mysql.db.t3.large.multiAz': '0.272 0.272 0.352 0.272 0.288 0.304 0.32 0.274'
    + ' 0.416 0.416 0.416 0.416 0.392 0.296 0.56',
  'mysql.db.t4g.micro': '0.016 0.016 0.021 0.016 0.017 0.018 0.019 0.016'
    + ' 0.025 0.025 0.025 0.025 0.021 0.018 0.034',
  'mysql.db.t4g.micro.multiAz': '0.032 0.032 0.043 0.032 0.035 0.036 0.037 0.033'
    + ' 0.05 0.051 0.051 0.051 0.042 0.035 0.069',
  'mysql.db.t4g.small': '0.032 0.032 0.043 0.032 0.035 0.036 0.037 0.033'
    + ' 0.05 0.051 0.051 0.051 0.042 0.035 0.069',
  'mysql.db.t4g.small.multiAz': '0.065 0.065 0.085 0.065 0.069 0.072 0.074 0.065'
    + ' 0.101 0.102 0.102 0.102 0.084 0.07 0.137',
  'mysql.db.t4g.medium': '0.065 0.065 0.085 0.065 0.069 0.072 0.074 0.065'
    + ' 0.101 0.102 0.102 0.102 0.084 0.07 0.137',
  'mysql.db.t4g.medium.multiAz': '0.129 0.129 0.171 0.129 0.138 0.145 0.149 0.13'
    + ' 0.202 0.203 0.203 0.203 0.167 0.141 0.275',
  'mysql.db.t4g.large': '0.129 0.129 0.171 0.129 0.138 0.145 0.149 0.13'
    + ' 0.202 0.203 0.203 0.203 0.167 0.141 0.275',
  'mysql.db.t4g.large.multiAz': '0.258 0.258 0.342 0.258 0.277 0.29 0.298 0.261'
    + ' 0.403 0.406 0.406 0.406 0.334 0.282 0.55',
  'postgres.db.m5.large': '0.178 0.178 0.203 0.178 0.197 0.206 0.212 0.187'
    + ' 0.247 0.247 0.247 0.247 0.253 0.196 0.233',
  'postgres.db.m5.large.multiAz': '0.356 0.356 0.406 0.356 0.394 0.412 0.424 0.374'
    + ' 0.494 0.494 0.494 0.494 0.506 0.392 0.466',
  'postgres.db.m5.xlarge': '0.356 0.356 0.406 0.356 0.394 0.412 0.424 0.374'
    + ' 0.494 0.494 0.494 0.494 0.506 0.392 0.466',
  'postgres.db.m5.xlarge.multiAz': '0.712 0.712 0.812 0.712 0.788 0.824 0.848 0.749'
    + ' 0.988 0.988 0.988 0.988 1.012 0.784 0.932',
  'postgres.db.m6g.large': '0.159 0.159 0.181 0.159 0.176 0.184 0.189 0.167'
    + ' 0.221 0.221 0.221 0.221 0.226 0.175 0.208',
  'postgres.db.m6g.large.multiAz': '0.318 0.318 0.363 0.318 0.352 0.368 0.379 0.334'
    + ' 0.441 0.441 0.441 0.441 0.452 0.35 0.416',
  'postgres.db.m6g.xlarge': '0.318 0.318 0.363 0.318 0.352 0.368 0.379 0.334'
    + ' 0.441 0.441 0.441 0.441 0.452 0.35 0.416',
  'postgres.db.m6g.xlarge.multiAz': '0.636 0.636 0.725 0.636 0.704 0.736 0.757 0.668'
    + ' 0.883 0.883 0.883 0.883 0.904 0.7 0.833',
  'postgres.db.m7g.large': '0.168 0.168 0.192 0.168 0.186 0.1952 0.2 0.177'
    + ' 0.234 0.2344 0.234 0.234 0.24 0.1856 0.221',
  'postgres.db.m7g.large.multiAz': '0.337 0.337 0.384 0.337 0.372 0.3904 0.401 0.354'
    + ' 0.468 0.4688 0.468 0.468 0.479 0.3712 0.442',
  'postgres.db.r5.large': '0.25 0.25 0.28 0.25 0.28 0.294 0.305 0.257'
    + ' 0.3 0.3 0.3 0.3 0.285 0.2703 0.524',
  'postgres.db.r5.large.multiAz': '0.5 0.5 0.56 0.5 0.56 0.588 0.61 0.515'
    + ' 0.6 0.6 0.6 0.6 0.57 0.5405 1.047',
  'postgres.db.r6g.large': '0.225 0.225 0.252 0.225 0.252 0.264 0.274 0.231'
    + ' 0.27 0.27 0.27 0.27 0.256 0.243 0.468',
  'postgres.db.r6g.large.multiAz': '0.45 0.45 0.504 0.45 0.504 0.529 0.549 0.462'
    + ' 0.54 0.54 0.54 0.54 0.513 0.486 0.935',
  'postgres.db.r6g.xlarge': '0.45 0.45 0.504 0.45 0.504 0.529 0.549 0.462'
    + ' 0.54 0.54 0.54 0.54 0.513 0.486 0.935',
  'postgres.db.r6g.xlarge.multiAz': '0.899 0.899 1.007 0.899 1.007 1.057 1.097 0.924'
    + ' 1.079 1.079 1.079 1.079 1.025 0.972 1.871',
  'postgres.db.r7g.large': '0.239 0.239 0.2678 0.239 0.268 0.2805 0.291 0.2454'
    + ' 0.287 0.2869 0.287 0.287 0.272 0.2582 0.497',
  'postgres.db.r7g.large.multiAz': '0.478 0.478 0.5356 0.478 0.536 0.561 0.582 0.4908'
    + ' 0.574 0.5738 0.574 0.574 0.544 0.5164 0.994',
  'postgres.db.t3.micro': '0.018 0.018 0.024 0.018 0.02 0.021 0.021 0.019'
    + ' 0.028 0.028 0.028 0.028 0.026 0.02 0.038',
  'postgres.db.t3.micro.multiAz': '0.036 0.036 0.048 0.036 0.039 0.041 0.042 0.037'
    + ' 0.056 0.056 0.056 0.056 0.052 0.04 0.076',
  'postgres.db.t3.small': '0.036 0.036 0.048 0.036 0.039 0.041 0.042 0.037'
    + ' 0.056 0.056 0.056 0.056 0.053 0.04 0.076',
  'postgres.db.t3.small.multiAz': '0.072 0.072 0.095 0.072 0.078 0.082 0.084 0.074'
    + ' 0.112 0.112 0.112 0.112 0.106 0.08 0.151',
  'postgres.db.t3.medium': '0.072 0.072 0.095 0.072 0.078 0.082 0.084 0.074'
    + ' 0.112 0.112 0.112 0.112 0.106 0.08 0.151',
  'postgres.db.t3.medium.multiAz': '0.145 0.145 0.19 0.145 0.156 0.164 0.168 0.148'
    + ' 0.224 0.224 0.224 0.224 0.212 0.16 0.302',
  'postgres.db.t3.large': '0.145 0.145 0.19 0.145 0.156 0.164 0.168 0.148'
    + ' 0.224 0.224 0.224 0.224 0.212 0.16 0.302',
  'postgres.db.t3.large.multiAz': '0.29 0.29 0.38 0.29 0.312 0.328 0.336 0.296'
    + ' 0.448 0.448 0.448 0.448 0.424 0.32 0.604',
  'postgres.db.t4g.micro': '0.016 0.016 0.021 0.016 0.017 0.018 0.019 0.016'
    + ' 0.025 0.025 0.025 0.025 0.021 0.018 0.034',
  'postgres.db.t4g.micro.multiAz': '0.032 0.032 0.043 0.032 0.035 0.036 0.037 0.033'
    + ' 0.05 0.051 0.051 0.051 0.042 0.035 0.069',
  'postgres.db.t4g.small': '0.032 0.032 0.043 0.032 0.035 0.036 0.037 0.033'
    + ' 0.05 0.051 0.051 0.051 0.042 0.035 0.069',
  'postgres.db.t4g.small.multiAz': '0.065 0.065 0.085 0.065 0.069 0.072 0.074 0.065'
    + ' 0.101 0.102 0.102 0.102 0.084 0.07 0.137',
  'postgres.db.t4g.medium': '0.065 0.065 0.085 0.065 0.069 0.072 0.074 0.065'
    + ' 0.101 0.102 0.102 0.102 0.084 0.07 0.137',
  'postgres.db.t4g.medium.multiAz': '0.129 0.129 0.171 0.129 0.138 0.145 0.149 0.13'
    + ' 0.202 0.203 0.203 0.203 0.167 0.141 0.275',
  'postgres.db.t4g.large': '0.129 0.129 0.171 0.129 0.138 0.145 0.149 0.13'
    + ' 0.202 0.203 0.203 0.203 0.167 0.141 0.275',
  'postgres.db.t4g.large.multiAz': '0.258 0.258 0.342 0.258 0.277 0.29 0.298 0.261'
    + ' 0.403 0.406 0.406 0.406 0.334 0.282 0.55',
};

export const RDS_PRICES: PriceItems = {
  service: 'RDS',
  regions: PRICED_REGIONS,
  find: (region, item) => {
    const storage = cellOf(STORAGE, region, item);
    if (storage !== undefined) return priceItem(storage, 'GB-months');
    const hourly = cellOf(HOURLY, region, item);
    return hourly === undefined ? undefined : priceItem(hourly, 'instance-hours');
  },
  metersOf: databaseMeters,
  notBilled: [
    'IOPS and throughput beyond what gp3 includes', 'backups and snapshots',
    'Performance Insights and enhanced monitoring',
    'data transfer between zones and regions', 'extended support', 'reserved instances',
  ],
};

/** The price of a database of this class in its list: `mysql.db.m6g.large.multiAz`. */
export function instanceItem({ engine, dbInstanceClass, multiAZ }: DatabaseKind): string {
  return `${engine}.${dbInstanceClass}${multiAZ ? MULTI_AZ : ''}`;
}

const MULTI_AZ = '.multiAz';

/** What decides a database's price. */
export interface DatabaseKind {
  readonly engine: string;
  readonly dbInstanceClass: string;
  readonly multiAZ: boolean;
}

function databaseMeters({ settings }: MeteredSettings): readonly MeterSpec[] {
  const kind = settings as DatabaseKind & { readonly allocatedStorage: number };
  const { allocatedStorage, multiAZ, engine, dbInstanceClass } = kind;
  check(allocatedStorage % GIBIBYTE === 0, 'storage is allocated by the gibibyte');
  const zones = multiAZ ? 'Multi-AZ' : 'Single-AZ';
  return [
    {
      kind: 'standing', item: `${dbInstanceClass} (${engine}, ${zones})`, price: instanceItem(kind),
      amount: 1, per: 'hour',
    },
    {
      kind: 'standing', item: `Storage (gp3, ${zones})`, price: `gp3${multiAZ ? MULTI_AZ : ''}`,
      amount: allocatedStorage / GIBIBYTE, per: 'month',
    },
  ];
}

function priceItem(price: string, unit: string): PriceItem {
  return { price, unit, tiers: [], source: SOURCE, sourceDate: SOURCE_DATE, confidence: 'sourced' };
}
