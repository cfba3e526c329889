import type { Money, Note, Share } from './base.ts';
import type { SegmentId } from './customers.ts';

interface NamedProduct {
  product: string;
  description: string;
}

export interface ProductPair {
  a: NamedProduct;
  b: NamedProduct;
  /** Orders with both. */
  orders: number;
  /** orders / all orders. */
  support: Share;
  /** Share of the orders with a that also have b, and the other way round. */
  confidenceAToB: Share;
  confidenceBToA: Share;
  /** How many times oftener than by chance. */
  lift: number;
}

export interface BoughtTogether {
  /** Orders with at least two products. */
  orders: number;
  allOrders: number;
  /** Fewest common orders a pair must have. */
  minOrders: number;
  pairsFound: number;
  pairs: ProductPair[];
  notes: Note[];
}

export interface BestSellers {
  segments: {
    segment: SegmentId;
    customers: number;
    revenue: Money;
    products: (NamedProduct & {
      revenue: Money;
      units: number;
      customers: number;
      /** Share of the segment's revenue. */
      share: Share;
      /** That share / the product's share of all revenue; null where that is not positive. */
      index: number | null;
    })[];
  }[];
}
