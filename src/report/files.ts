/** Every file of a report by name, in the order in which a reader meets them. */
import type { RunReport } from '../experiment/result.js';
import { csvFiles } from './csv-files.js';
import { loopFiles } from './loop-csv.js';
import { reportMarkdown } from './markdown.js';
import { pushFiles } from './push-csv.js';
import { summaryJson } from './summary-json.js';

/** The files of every report. */
export const REPORT_FILES = [
  'latency.csv',
  'latency-parts.csv',
  'duplicates.csv',
  'ledger.csv',
  'workers.csv',
  'cost.csv',
  'timeline.csv',
  'report.md',
  'summary.json',
] as const;

/** Further files of runs with a fleet that can scale. */
export const LOOP_FILES = ['control.csv', 'scaling.csv'] as const;

/** A further file of runs in which something delivers by itself: a topic, a bus, notifications. */
export const PUSH_FILES = ['deliveries.csv'] as const;

/** All names a report folder may hold; nothing else in it is ours. */
export const OUR_FILES: readonly string[] = [...PUSH_FILES, ...LOOP_FILES, ...REPORT_FILES];

/** Text by file name, names as in OUR_FILES; summary.json last: a folder that has it is whole. */
export function reportFiles(report: RunReport): Map<string, string> {
  const files = new Map([...pushFiles(report), ...loopFiles(report), ...csvFiles(report)]);
  files.set('report.md', reportMarkdown(report));
  files.set('summary.json', summaryJson(report.result));
  return files;
}
