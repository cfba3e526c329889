import type { Day, Money, Note, Share } from './base.ts';
import type { GroupSummary, SegmentId } from './customers.ts';

export const offerTypes = [
  'none',
  'thank-you',
  'early-access',
  'bundle',
  'discount',
  'free-shipping',
  'personal-call',
  'reminder',
  'win-back',
] as const;
export type OfferType = (typeof offerTypes)[number];

/** What to do with a segment; kept in the store once edited. */
export interface PlaybookEntry {
  segment: SegmentId;
  /** The shown name; the catalogue's until edited. */
  name: string;
  description: string;
  actions: string[];
  offer: OfferType;
  edited: boolean;
}

export interface SegmentProfile extends GroupSummary<SegmentId> {
  /** Medians. */
  typical: { recencyDays: number; frequency: number; monetary: Money; averageOrder: Money } | null;
  topProducts: { product: string; description: string; revenue: Money; share: Share }[];
  topCountries: { country: string; customers: number; share: Share }[];
  /** Means of the customer file's number columns and the commonest value of its categories. */
  demographics: { id: string; label: string; value: number | string; known: number }[];
  /** Why these customers have this name: the score bounds of the grid. */
  bounds: { r: [number, number]; fm: [number, number] };
  /** Predicted value within the horizon; null where the value ladder gave up. */
  predicted: Money | null;
  /** Mean chance of staying away. */
  risk: Share | null;
  /** What its customers would bring within the horizon if all kept buying. */
  ifKept: Money | null;
  /** Sum over the customers of that × the customer's own risk: money that action can save; segments are ranked by it. */
  atStake: Money | null;
  /** 1 = act first; null without customers. */
  priority: number | null;
  playbook: PlaybookEntry;
}

export const personaIds = [
  'loyal-shoppers',
  'high-value-occasional',
  'newly-engaged',
  'disengaged-high-income',
  'everyone-else',
] as const;
export type PersonaId = (typeof personaIds)[number];
export interface Persona {
  id: PersonaId;
  customers: number;
  customerShare: Share;
  revenue: Money;
  averageRevenue: Money;
  /** The rule with its cuts, and why it could not be used (no income column). */
  rule: Note;
  available: boolean;
  demographics: { id: string; label: string; value: number | string; known: number }[];
}

export interface SegmentProfiles {
  asOf: Day;
  horizonDays: number;
  profiles: SegmentProfile[];
  personas: Persona[];
  /** Customers of the customer files without a purchase; customers whose lines carry no date that counts. */
  prospects: number;
  unknown: number;
  notes: Note[];
}

export interface TargetRow {
  customer: string;
  segment: SegmentId;
  /** contact, or held out at random to measure what the contact brings. */
  group: 'contact' | 'control';
  why: Note;
  action: string;
  offer: OfferType;
  value: Money;
  risk: Share;
  atStake: Money;
}

export interface TargetList {
  total: number;
  contact: number;
  control: number;
  value: Money;
  atStake: Money;
  offset: number;
  rows: TargetRow[];
  notes: Note[];
}
