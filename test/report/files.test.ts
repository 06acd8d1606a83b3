import { describe, expect, test } from 'vitest';
import { csvFiles } from '../../src/report/csv-files.js';
import { REPORT_FILES, reportFiles } from '../../src/report/files.js';
import { makeReport, makeResult } from './fixture.js';

describe('the files of a report', () => {
  test('are the documented ones, summary.json last', () => {
    expect([...reportFiles(makeReport()).keys()]).toEqual([...REPORT_FILES]);
  });

  test('have the documented columns', () => {
    const headers = [...csvFiles(makeReport())].map(([name, text]) => [
      name,
      text.slice(0, text.indexOf('\n')),
    ]);
    expect(headers).toEqual([
      [
        'latency.csv',
        'scope,name,count,unfinished,mean_s,min_s,p50_s,p90_s,p95_s,p99_s,p999_s,max_s',
      ],
      ['latency-parts.csv', 'scope,name,at,part,mean_s'],
      ['duplicates.csv', 'consumer,cause,duplicates,redelivered'],
      ['ledger.csv', 'consumer,outcome,cause,obligations'],
      ['workers.csv', 'consumer,worker,processed,share,busy_s,in_service_s'],
      [
        'cost.csv',
        'period,resource,service,region,item,unit,quantity,tier,unit_price_usd,amount_usd',
      ],
      ['timeline.csv', 'time_s,resource,level,mean,min,max,end'],
    ]);
  });

  test('print inf, nothing and money as documented', () => {
    const files = csvFiles(makeReport());
    expect(files.get('latency.csv')).toContain(
      'traffic,shoppers,137990,10,4.123457,0.010001,0.1,12.3,20.25,29.970001,61.5,inf\n',
    );
    expect(files.get('latency.csv')).toContain('response,shoppers,0,0,,,,,,,,\n');
    expect(files.get('latency.csv')).toContain('link,orders -> workers,137990,');
    expect(files.get('latency-parts.csv')).toContain('consumer,workers,p99,handler,0.959901\n');
    expect(files.get('ledger.csv')).toContain('workers,lost,purge,4\n');
    expect(files.get('ledger.csv')).toContain('workers,processed,,137980\n');
    expect(files.get('workers.csv')).toContain('audit-log,audit-log-0,0,,0,1930.5\n');
    expect(files.get('cost.csv')).toContain(',second,23152.5,,0.000022666667,0.5248\n');
  });

  test('keep the obligations of a consumer: the rows of ledger.csv add up to what was owed', () => {
    const rows = csvFiles(makeReport())
      .get('ledger.csv')!
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split(','));
    const sum = rows
      .filter(([consumer]) => consumer === 'workers')
      .reduce((total, row) => total + Number(row[3]), 0);
    expect(sum).toBe(makeResult().ledger.owed);
  });

  test('are frozen: their bytes change only on purpose', () => {
    for (const [name, text] of reportFiles(makeReport())) expect(text).toMatchSnapshot(name);
  });
});
