/** The tables as each version of the store has them, to hold an opened store against. */
import Database from 'better-sqlite3';
import { migrations } from './migrations.ts';
import { registerSeals } from './seals.ts';

const known = new Map<readonly string[], Map<number, string>>();

/** Every table, index and trigger of a database in one text. */
export const schemaText = (db: Database.Database): string =>
  (
    db
      .prepare("SELECT type || ' ' || name || ' ' || tbl_name || ' ' || ifnull(sql, '') FROM sqlite_schema ORDER BY 1")
      .pluck()
      .all() as string[]
  ).join('\n');

/** What the first steps make in an empty database. */
export function schemaOfVersion(version: number, steps: readonly string[] = migrations): string {
  const ofSteps = known.get(steps) ?? new Map<number, string>();
  known.set(steps, ofSteps);
  const found = ofSteps.get(version);
  if (found !== undefined) return found;
  const db = new Database(':memory:');
  registerSeals(db);
  for (const step of steps.slice(0, version)) db.exec(step);
  const text = schemaText(db);
  db.close();
  ofSteps.set(version, text);
  return text;
}
