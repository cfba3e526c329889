import { createRng, type Rng } from '../numeric/rng.ts';
import { firstDay, lastDay } from './calendar.ts';
import { drawFrom, normalWithin, runningSums } from './draws.ts';
import { countries, customerCount, type CustomerType, customerTypes, incomeClusters } from './parameters.ts';

export interface DemoCustomer {
  /** Five digits, some with leading zeros. */
  id: string;
  name: string;
  gender: 'Female' | 'Male';
  /** null: not known (about 3 %). */
  age: number | null;
  /** Currency units a year. */
  income: number;
  /** 1..100 */
  spendingScore: number;
  country: string;
  type: CustomerType;
  /** Index into incomeClusters. */
  cluster: number;
  /** First and last day on which the customer may come, days since 1970-01-01. */
  from: number;
  to: number;
}

const givenNames: Record<DemoCustomer['gender'], string[]> = {
  Female: [
    'Aoife',
    'Ciara',
    'Emma',
    'Grace',
    'Hannah',
    'Ines',
    'Julia',
    'Laura',
    'Maeve',
    'Nora',
    'Olga',
    'Róisín',
    'Sara',
    'Zoe',
  ],
  Male: [
    'Aidan',
    'Brian',
    'Conor',
    'David',
    'Eoin',
    'Felix',
    'Hugo',
    'Jan',
    'Liam',
    'Marc',
    'Oisín',
    'Paul',
    'Seán',
    'Tom',
  ],
};
const familyNames = [
  'Brennan',
  'Byrne',
  'Daly',
  'Doyle',
  'Evans',
  'Fischer',
  'Gallagher',
  'Hayes',
  'Keane',
  'Lambert',
  'Lynch',
  'Moore',
  'Nolan',
  "O'Brien",
  "O'Shea",
  'Quinn',
  'Ryan',
  'Smith',
  'de Vries',
  'Walsh',
];

const pick = <T>(values: readonly T[], rng: Rng): T => values[rng.below(values.length)];

/** When a customer of a type first and last comes. Half of the lasting customers were there before the first day. */
function presence(type: CustomerType, rng: Rng): { from: number; to: number } {
  const span = lastDay - firstDay;
  if (type === 'newcomer') return { from: lastDay - 30 - rng.below(180), to: lastDay };
  if (type === 'lapsed') return { from: firstDay, to: firstDay + 90 + rng.below(span - 90 - 300) };
  if (type === 'one-time') return { from: firstDay, to: lastDay };
  return { from: rng.next() < 0.5 ? firstDay : firstDay + rng.below(span - 200), to: lastDay };
}

function drawCustomer(id: string, clusterSums: Float64Array, countrySums: Float64Array, rng: Rng): DemoCustomer {
  const cluster = drawFrom(clusterSums, rng);
  const { income, spendingScore, age, types } = incomeClusters[cluster];
  const type = customerTypes[drawFrom(runningSums(types), rng)];
  const gender = rng.next() < 0.62 ? 'Female' : 'Male';
  return {
    id,
    name: `${pick(givenNames[gender], rng)} ${pick(familyNames, rng)}`,
    gender,
    age: rng.next() < 0.03 ? null : Math.round(normalWithin(age, 18, 88, rng)),
    income: Math.round(normalWithin(income, 12_000, 140_000, rng) / 100) * 100,
    spendingScore: Math.round(normalWithin(spendingScore, 1, 100, rng)),
    country: countries[drawFrom(countrySums, rng)].name,
    type,
    cluster,
    ...presence(type, rng),
  };
}

/** The known customers of a seed, in the order of their ids. */
export function demoCustomers(seed: number): DemoCustomer[] {
  const rng = createRng(seed * 8 + 3);
  const clusterSums = runningSums(incomeClusters.map(({ share }) => share));
  const countrySums = runningSums(countries.map(({ share }) => share));
  let number = 320;
  return Array.from({ length: customerCount }, () => {
    number += 1 + rng.below(9);
    return drawCustomer(String(number).padStart(5, '0'), clusterSums, countrySums, rng);
  });
}
