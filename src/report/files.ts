/** Every file of a report by name, in the order in which a reader meets them. */
import type { RunReport } from '../experiment/result.js';
import { csvFiles } from './csv-files.js';
import { reportMarkdown } from './markdown.js';
import { summaryJson } from './summary-json.js';

/** All names a report folder may hold; nothing else in it is ours. */
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

/** Text by file name, names as in REPORT_FILES; summary.json last: a folder that has it is whole. */
export function reportFiles(report: RunReport): Map<string, string> {
  const files = csvFiles(report);
  files.set('report.md', reportMarkdown(report));
  files.set('summary.json', summaryJson(report.result));
  return files;
}
