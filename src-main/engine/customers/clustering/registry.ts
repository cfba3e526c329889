import { kmeans } from './kmeans.ts';
import type { Clusterer } from './model.ts';

/** Every clustering method; forms, help and conformance tests read this list. */
export const clusterers: Clusterer[] = [kmeans];
