/**
 * What a scenario may say about a database: CloudFormation's AWS::RDS::DBInstance in camelCase, and what a database
 * does.
 */

import type { SettingsOf, SettingsShape } from '../settings.js';
import { assumption, choice, count, distribution, flag, size, text } from '../settings.js';
import { RDS_LIMITS } from './limits.js';
import { PAGE, unknownPrice } from './page.js';
import { parallelism } from './parallelism.js';

const API = 'botocore rds service-2.json, Aug 2026';
const INVALID = 'InvalidParameterValue';
const OURS = 'assumption; AWS publishes no figure, statements differ too much';

const notModelled = (...keys: string[]): Record<string, string> =>
  Object.fromEntries(keys.map((key) => [key, PAGE]));

export const databaseShape = {
  settings: {
    dbInstanceClass: text({
      longest: 40,
      doc: 'What it costs, how many connections it takes, and how many vCPUs it has.',
    }),
    engine: choice(['mysql', 'postgres'], {
      notModelled: unknownPrice,
      doc: 'Decides the price and the default of maxConnections.',
    }),
    multiAZ: flag({ default: false, doc: 'A standby in another zone: it has its price.' }),
    storageType: choice(['gp3'], {
      default: 'gp3',
      notModelled: { gp2: PAGE, io1: PAGE, io2: PAGE, standard: PAGE },
      doc: 'What storage costs. How fast it is says writeTime.',
    }),
    allocatedStorage: size({
      min: RDS_LIMITS.storageMin,
      max: RDS_LIMITS.storageMax,
      bare: 'GiB',
      default: '20GiB',
      source: API,
      awsError: INVALID,
      doc: 'What is billed for storage.',
    }),
    maxConnections: count({
      min: 1,
      max: RDS_LIMITS.connectionsMax,
      source: 'RDS User Guide, "Maximum number of database connections", 2026',
      doc:
        'max_connections: beyond, a new one is refused. Default by class: memory / 12582880 (mysql), ' +
        'memory / 9531392 and at most 5000 (postgres).',
    }).optional(),
  },
  assume: {
    writeTime: assumption(distribution('duration'), {
      ideal: '5ms',
      typical: { p50: '5ms', p99: '25ms' },
      doc: 'How long the database works at one writing statement, the way there and back included.',
      source: OURS,
    }),
    readTime: assumption(distribution('duration'), {
      ideal: '5ms',
      typical: { p50: '5ms', p99: '25ms' },
      doc: 'How long the database works at one reading statement, the way there and back included.',
      source: `${OURS}; as writeTime`,
    }),
    connect: assumption(distribution('duration'), {
      ideal: '0s',
      typical: '20ms',
      doc: 'What a new connection costs before its first statement: TCP, TLS, login.',
      source: 'assumption; AWS publishes no figure',
    }),
    failover: assumption(distribution('duration'), {
      ideal: '90s',
      typical: { dist: 'uniform', min: '60s', max: '120s' },
      doc: 'From the crash of a Multi-AZ database until its standby takes statements.',
      source:
        'RDS User Guide, "Failing over a Multi-AZ DB instance", 2026: typically 60 to 120 seconds',
    }),
    parallelism: assumption(parallelism, {
      ideal: { perVcpu: 2 },
      typical: { perVcpu: 2 },
      doc: 'Statements that the database works at at a time; the others wait in their connections.',
      source: 'assumption; beyond about twice its vCPUs a database gets no faster',
    }),
  },
  notModelled: notModelled(
    'iops',
    'storageThroughput',
    'maxAllocatedStorage',
    'additionalStorageVolumes',
    'dedicatedLogVolume',
    'availabilityZone',
    'sourceDBInstanceIdentifier',
    'sourceDBClusterIdentifier',
    'replicaMode',
    'dbClusterIdentifier',
    'processorFeatures',
    'preferredMaintenanceWindow',
    'preferredBackupWindow',
    'backupRetentionPeriod',
    'monitoringInterval',
    'engineLifecycleSupport',
    'licenseModel',
  ),
  noEffect: {
    dbInstanceIdentifier: 'the name in the map is the name',
    dbName: 'what lies in the database is not kept',
    dbParameterGroupName: 'maxConnections stands on the database itself',
    dbSubnetGroupName: 'everybody who names the database reaches it',
    vpcSecurityGroups: 'everybody who names the database reaches it',
    dbSecurityGroups: 'everybody who names the database reaches it',
    publiclyAccessible: 'everybody who names the database reaches it',
    port: 'everybody who names the database reaches it',
    networkType: 'everybody who names the database reaches it',
    masterUsername: 'everybody who names the database may use it',
    masterUserPassword: 'everybody who names the database may use it',
    manageMasterUserPassword: 'everybody who names the database may use it',
    enableIAMDatabaseAuthentication: 'everybody who names the database may use it',
    engineVersion: 'versions of an engine behave alike here',
    autoMinorVersionUpgrade: 'versions of an engine behave alike here',
    allowMajorVersionUpgrade: 'versions of an engine behave alike here',
    storageEncrypted: 'encryption changes neither time nor price here',
    kmsKeyId: 'encryption changes neither time nor price here',
    caCertificateIdentifier: 'certificates change no behaviour',
    deletionProtection: 'nothing is deleted',
    deleteAutomatedBackups: 'nothing is deleted',
    copyTagsToSnapshot: 'there are no snapshots',
    dbSnapshotIdentifier: 'what lies in the database is not kept',
    enableCloudwatchLogsExports: 'logs change no behaviour',
    enablePerformanceInsights: 'its figures are read by no one',
    databaseInsightsMode: 'its figures are read by no one',
    optionGroupName: 'options of an engine change no behaviour here',
    tags: 'tags change no behaviour',
  },
} satisfies SettingsShape;

export type DatabaseSettings = SettingsOf<typeof databaseShape>;
