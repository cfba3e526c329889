/** CSV tables of products and segments: pairs, best sellers, profiles and personas, playbook, target list. */
import {
  compile,
  createCoreContext,
  registerMessageCompiler,
  registerMessageResolver,
  resolveValue,
  translate,
} from '@intlify/core-base';
import type {
  BestSellers,
  BoughtTogether,
  Note,
  Persona,
  PlaybookEntry,
  ProductPair,
  SegmentProfile,
  SegmentProfiles,
  Settings,
  TargetList,
  TargetRow,
} from '../../../src-shared/domain.ts';
import { createFormat, moneyToDecimal, noteParams } from '../../../src-shared/format.ts';
import { en } from '../../../src-shared/messages/en/index.ts';
import { type CsvColumn, writeCsv } from '../../../src-shared/write-csv.ts';

registerMessageCompiler(compile);
registerMessageResolver(resolveValue);

type Words = Pick<Settings, 'locale' | 'currency'>;
type Say = (key: string, params?: Note['params']) => string;

/** The screen's own sentences in the business's locale. */
function sayIn(settings: Words): Say {
  const context = createCoreContext({ locale: 'en', messages: { en }, missingWarn: false, fallbackWarn: false });
  const format = createFormat(settings);
  return (key, params = {}) => translate(context, key, noteParams(params, format)) as string;
}

const pairColumns: CsvColumn<ProductPair>[] = [
  { header: 'product_a', kind: 'id', value: ({ a }) => a.product },
  { header: 'name_a', kind: 'text', value: ({ a }) => a.description },
  { header: 'product_b', kind: 'id', value: ({ b }) => b.product },
  { header: 'name_b', kind: 'text', value: ({ b }) => b.description },
  { header: 'orders', kind: 'number', value: (pair) => pair.orders },
  { header: 'support', kind: 'number', value: (pair) => pair.support },
  { header: 'confidence_a_to_b', kind: 'number', value: (pair) => pair.confidenceAToB },
  { header: 'confidence_b_to_a', kind: 'number', value: (pair) => pair.confidenceBToA },
  { header: 'lift', kind: 'number', value: (pair) => pair.lift },
];

/** bought_together.csv: one row per pair, in the order of the screen. */
export const boughtTogetherCsv = ({ pairs }: BoughtTogether): string => writeCsv(pairColumns, pairs);

type Segment = BestSellers['segments'][number];
interface SellerRow {
  segment: Segment;
  name: string;
  product: Segment['products'][number];
}

const sellerColumns: CsvColumn<SellerRow>[] = [
  { header: 'segment', kind: 'text', value: ({ segment }) => segment.segment },
  { header: 'segment_name', kind: 'text', value: ({ name }) => name },
  { header: 'product', kind: 'id', value: ({ product }) => product.product },
  { header: 'name', kind: 'text', value: ({ product }) => product.description },
  { header: 'revenue', kind: 'number', value: ({ product }) => moneyToDecimal(product.revenue) },
  { header: 'units', kind: 'number', value: ({ product }) => product.units },
  { header: 'customers', kind: 'number', value: ({ product }) => product.customers },
  { header: 'share_of_segment', kind: 'number', value: ({ product }) => product.share },
  { header: 'index_to_all', kind: 'number', value: ({ product }) => product.index },
];

/** best_sellers.csv: the products of each segment, the highest revenue first. */
export function bestSellersCsv({ segments }: BestSellers, playbook: PlaybookEntry[]): string {
  const rows = segments.flatMap((segment) => {
    const name = nameOf(playbook, segment.segment);
    return segment.products.map((product) => ({ segment, name, product }));
  });
  return writeCsv(sellerColumns, rows);
}

const nameOf = (playbook: PlaybookEntry[], id: string): string =>
  playbook.find(({ segment }) => segment === id)?.name ?? id;

const money = (amount: number | null): string | null => (amount === null ? null : moneyToDecimal(amount));
const several = (texts: string[]): string => texts.join(' | ');
const people = ({ demographics }: Pick<Persona, 'demographics'>): string =>
  several(
    demographics.map(
      ({ label, value }) => `${label}: ${typeof value === 'number' ? Math.round(value * 100) / 100 : value}`,
    ),
  );

/** A segment, or a persona with what it shares with one. */
interface ProfileRow {
  kind: 'segment' | 'persona';
  name: string;
  why: string;
  group:
    | Pick<Persona, 'id' | 'customers' | 'customerShare' | 'revenue' | 'averageRevenue' | 'demographics'>
    | SegmentProfile;
  profile: SegmentProfile | null;
}

const ofProfile = (
  header: string,
  value: (profile: SegmentProfile) => string | number | null,
): CsvColumn<ProfileRow> => ({
  header,
  kind: 'number',
  value: ({ profile }) => (profile === null ? null : value(profile)),
});
const textOf = (header: string, value: (profile: SegmentProfile) => string): CsvColumn<ProfileRow> => ({
  ...ofProfile(header, value),
  kind: 'text',
});

const profileColumns: CsvColumn<ProfileRow>[] = [
  { header: 'kind', kind: 'text', value: (row) => row.kind },
  { header: 'id', kind: 'text', value: (row) => row.group.id },
  { header: 'name', kind: 'text', value: (row) => row.name },
  { header: 'customers', kind: 'number', value: (row) => row.group.customers },
  { header: 'customer_share', kind: 'number', value: (row) => row.group.customerShare },
  { header: 'revenue', kind: 'number', value: (row) => moneyToDecimal(row.group.revenue) },
  { header: 'average_revenue', kind: 'number', value: (row) => moneyToDecimal(row.group.averageRevenue) },
  ofProfile('revenue_share', (profile) => profile.revenueShare),
  ofProfile('median_recency_days', ({ typical }) => typical?.recencyDays ?? null),
  ofProfile('median_orders', ({ typical }) => typical?.frequency ?? null),
  ofProfile('median_revenue', ({ typical }) => money(typical?.monetary ?? null)),
  ofProfile('median_average_order', ({ typical }) => money(typical?.averageOrder ?? null)),
  ofProfile('predicted', ({ predicted }) => money(predicted)),
  ofProfile('if_kept', ({ ifKept }) => money(ifKept)),
  ofProfile('risk', ({ risk }) => risk),
  ofProfile('at_stake', ({ atStake }) => money(atStake)),
  ofProfile('priority', ({ priority }) => priority),
  textOf('top_products', ({ topProducts }) => several(topProducts.map((one) => one.description || one.product))),
  textOf('top_countries', ({ topCountries }) => several(topCountries.map(({ country }) => country))),
  { header: 'customer_file', kind: 'text', value: (row) => people(row.group) },
  { header: 'why', kind: 'text', value: (row) => row.why },
  textOf('description', ({ playbook }) => playbook.description),
  textOf('actions', ({ playbook }) => several(playbook.actions)),
  textOf('offer', ({ playbook }) => playbook.offer),
];

/** segment_profiles.csv: the eleven segments, then the personas. */
export function segmentProfilesCsv({ profiles, personas }: SegmentProfiles, settings: Words): string {
  const say = sayIn(settings);
  const range = ([from, to]: [number, number]) => (from === to ? String(from) : `${from}-${to}`);
  const rows: ProfileRow[] = [
    ...profiles.map((profile) => {
      const { r, fm } = profile.bounds;
      const why = say('screen.segments.whyText', { r: range(r), fm: range(fm) });
      return { kind: 'segment' as const, name: profile.playbook.name, why, group: profile, profile };
    }),
    ...personas.map((persona) => ({
      kind: 'persona' as const,
      name: say(`screen.segments.persona.${persona.id}`),
      why: say(`notes.${persona.rule.code}`, persona.rule.params),
      group: persona,
      profile: null,
    })),
  ];
  return writeCsv(profileColumns, rows);
}

const playbookColumns: CsvColumn<PlaybookEntry>[] = [
  { header: 'segment', kind: 'text', value: (entry) => entry.segment },
  { header: 'name', kind: 'text', value: (entry) => entry.name },
  { header: 'description', kind: 'text', value: (entry) => entry.description },
  { header: 'actions', kind: 'text', value: (entry) => several(entry.actions) },
  { header: 'offer', kind: 'text', value: (entry) => entry.offer },
  { header: 'edited', kind: 'text', value: (entry) => entry.edited },
];

/** playbook.csv: one row per segment. */
export const playbookCsv = (entries: PlaybookEntry[]): string => writeCsv(playbookColumns, entries);

/** target_list.csv: who, which group, why in words, what to do, and the money; the most at stake first. */
export function targetListCsv({ rows }: TargetList, playbook: PlaybookEntry[], settings: Words): string {
  const say = sayIn(settings);
  const columns: CsvColumn<TargetRow>[] = [
    { header: 'customer', kind: 'id', value: (row) => row.customer },
    { header: 'segment', kind: 'text', value: (row) => nameOf(playbook, row.segment) },
    { header: 'group', kind: 'text', value: (row) => row.group },
    { header: 'why', kind: 'text', value: (row) => say(`notes.${row.why.code}`, row.why.params) },
    { header: 'action', kind: 'text', value: (row) => row.action },
    { header: 'offer', kind: 'text', value: (row) => say(`screen.segments.offers.${row.offer}`) },
    { header: 'value', kind: 'number', value: (row) => moneyToDecimal(row.value) },
    { header: 'risk', kind: 'number', value: (row) => row.risk },
    { header: 'at_stake', kind: 'number', value: (row) => moneyToDecimal(row.atStake) },
  ];
  return writeCsv(columns, rows);
}
