/** What no single setting of a database can tell: a class without a price. */

import type { CheckContext } from '../settings.js';
import { INSTANCE_CLASSES } from './limits.js';
import { instanceItem, RDS_PRICES } from './prices.js';
import type { DatabaseSettings } from './settings.js';

/** A class that has no price would make every bill wrong, and nothing is known of its memory. */
export function checkDatabase(context: CheckContext): void {
  const { region } = context.self;
  const settings = context.self.settings as DatabaseSettings;
  if (!RDS_PRICES.regions.includes(region)) return; // refused as a whole
  const priced = Object.keys(INSTANCE_CLASSES).filter((dbInstanceClass) => {
    return RDS_PRICES.find(region, instanceItem({ ...settings, dbInstanceClass })) !== undefined;
  });
  const { dbInstanceClass } = settings;
  if (priced.includes(dbInstanceClass)) return;
  const nearest = nearestClass(dbInstanceClass, priced);
  context.refuse({
    code: 'choice',
    found: dbInstanceClass,
    allowed: `a class whose price in ${region} is known: ${priced.join(' ')}`,
    path: ['dbInstanceClass'],
    ...(nearest === undefined ? {} : { nearest }),
  });
}

/** The same without its prefix forgotten, or one of the same family. */
function nearestClass(found: string, priced: readonly string[]): string | undefined {
  if (priced.includes(`db.${found}`)) return `db.${found}`;
  const family = found.split('.')[1];
  return priced.find((one) => one.split('.')[1] === family);
}
