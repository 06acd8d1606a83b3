/** What the files of a database have in common. */

export const PAGE = 'docs/components/rds.instance.md';

/** Engines of RDS whose prices are not in the price list here. */
export const unknownPrice: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'mariadb',
    'oracle-ee',
    'oracle-ee-cdb',
    'oracle-se2',
    'oracle-se2-cdb',
    'sqlserver-ee',
    'sqlserver-se',
    'sqlserver-ex',
    'sqlserver-web',
    'db2-ae',
    'db2-se',
    'aurora-mysql',
    'aurora-postgresql',
  ].map((engine) => [engine, PAGE]),
);
