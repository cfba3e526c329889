import { dbscan } from './dbscan.ts';
import { gaussianMixture } from './gaussian-mixture.ts';
import { kmeans } from './kmeans.ts';
import type { Clusterer } from './model.ts';
import { ward } from './ward.ts';

/** Every clustering method; forms, help, comparison and conformance tests read this list. */
export const clusterers: Clusterer[] = [kmeans, ward, gaussianMixture, dbscan];
