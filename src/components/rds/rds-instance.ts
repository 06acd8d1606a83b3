/** rds.instance: see docs/components/rds.instance.md. */

import type { DistributionSpec } from '../../kernel/distributions/distribution.js';
import { distribution } from '../../kernel/distributions/distribution.js';
import type { ComponentType, ResourceSpec } from '../component.js';
import { DATABASE_OPERATIONS } from '../database-port.js';
import { CallError } from '../port.js';
import type { AssumeOf } from '../settings.js';
import { isConstantZero } from '../settings.js';
import type { CalledService } from '../settings/called.js';
import { checkDatabase } from './checks.js';
import { Database } from './database.js';
import { connectionsByDefault, INSTANCE_CLASSES } from './limits.js';
import type { DatabaseOptions } from './options.js';
import { PAGE } from './page.js';
import { statementsAtATime } from './parallelism.js';
import { RDS_PRICES } from './prices.js';
import { databaseShape } from './settings.js';

const FIRST_SERVER_ERROR = 500;

const CALLED: CalledService = {
  // In a connection that is open.
  time: ({ assume }, verb) => {
    const { writeTime, readTime } = assume as AssumeOf<typeof databaseShape>;
    const time = distribution(verb === 'write' ? writeTime : readTime);
    return { mean: time.mean, p99: time.quantile(0.99) };
  },
  isLimited: () => false,
};

export const rdsInstance: ComponentType<typeof databaseShape> = {
  type: 'rds.instance',
  summary: 'An Amazon RDS database: so many connections, and so many statements at a time.',
  page: PAGE,
  shape: databaseShape,
  roles: ['database'],
  called: CALLED,
  operations: DATABASE_OPERATIONS,
  levels: [],
  metrics: {},
  prices: RDS_PRICES,
  checks: checkDatabase,
  // A database has no HTTP statuses: 5xx stands for "cannot do it now".
  errorOfStatus: (status) => (status >= FIRST_SERVER_ERROR ? CallError.Unavailable : undefined),
  isReachedAtOnce: true,
  build: (world, id, spec) => new Database(world, id, optionsOf(spec)),
};

function optionsOf({
  name,
  settings,
  assume,
}: ResourceSpec<typeof databaseShape>): DatabaseOptions {
  const { dbInstanceClass, engine, maxConnections } = settings;
  const own = INSTANCE_CLASSES[dbInstanceClass];
  return {
    name,
    maxConnections: maxConnections ?? connectionsByDefault(engine, own),
    parallelism: statementsAtATime(assume.parallelism, own.vcpus),
    writeTime: distribution(assume.writeTime),
    readTime: distribution(assume.readTime),
    connect: unlessZero(assume.connect),
    failover: distribution(assume.failover),
  };
}

/** null for "takes no time", so that nothing is drawn. */
function unlessZero(spec: DistributionSpec) {
  return isConstantZero(spec) ? null : distribution(spec);
}
