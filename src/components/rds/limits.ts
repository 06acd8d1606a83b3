/**
 * Figures of RDS as data. Sources: RDS User Guide, "Hardware specifications for DB instance classes" (vCPU and
 * memory) and "Quotas and constraints" (maximum numbers of database connections), as of November 2026.
 */

export const GIBIBYTE = 1024 * 1024 * 1024;

export interface InstanceClass {
  readonly vcpus: number;
  readonly memoryBytes: number;
}

const instanceClass = (vcpus: number, gibibytes: number): InstanceClass => {
  return { vcpus, memoryBytes: gibibytes * GIBIBYTE };
};

/** The classes that the price list has. */
export const INSTANCE_CLASSES: Readonly<Record<string, InstanceClass>> = {
  'db.t3.micro': instanceClass(2, 1),
  'db.t3.small': instanceClass(2, 2),
  'db.t3.medium': instanceClass(2, 4),
  'db.t3.large': instanceClass(2, 8),
  'db.t4g.micro': instanceClass(2, 1),
  'db.t4g.small': instanceClass(2, 2),
  'db.t4g.medium': instanceClass(2, 4),
  'db.t4g.large': instanceClass(2, 8),
  'db.m5.large': instanceClass(2, 8),
  'db.m5.xlarge': instanceClass(4, 16),
  'db.m6g.large': instanceClass(2, 8),
  'db.m6g.xlarge': instanceClass(4, 16),
  'db.m7g.large': instanceClass(2, 8),
  'db.r5.large': instanceClass(2, 16),
  'db.r6g.large': instanceClass(2, 16),
  'db.r6g.xlarge': instanceClass(4, 32),
  'db.r7g.large': instanceClass(2, 16),
};

/** Bytes of memory for each connection by default, and how many there are at most: `max_connections`. */
export const CONNECTION_DEFAULTS = {
  /** {DBInstanceClassMemory/12582880} */
  mysql: { bytes: 12_582_880, most: Infinity },
  /** LEAST({DBInstanceClassMemory/9531392}, 5000) */
  postgres: { bytes: 9_531_392, most: 5_000 },
} as const;

export const RDS_LIMITS = {
  /** Of `max_connections`: MySQL 1 to 100,000; PostgreSQL takes more, and no class has the memory for them. */
  connectionsMax: 100_000,
  /** gp3: 20 GiB to 64 TiB. */
  storageMin: '20GiB',
  storageMax: '65536GiB',
} as const;

/**
 * `max_connections` where nobody says it. DBInstanceClassMemory is what the class has less what RDS itself needs,
 * which AWS does not publish: this takes all of it, and so comes out a little high.
 */
export function connectionsByDefault(
  engine: keyof typeof CONNECTION_DEFAULTS,
  { memoryBytes }: InstanceClass,
): number {
  const { bytes, most } = CONNECTION_DEFAULTS[engine];
  return Math.min(most, Math.floor(memoryBytes / bytes));
}
