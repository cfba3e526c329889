/** Limits of the 80 % and 95 % bands, [h] each, in the unit of the forecast. */
export interface Bands {
  low80: Float64Array;
  high80: Float64Array;
  low95: Float64Array;
  high95: Float64Array;
}
