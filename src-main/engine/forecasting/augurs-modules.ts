/** A forecaster in WASM memory until it is freed. */
export interface AugursForecaster {
  /** @param y [n] throws in the library's words when it cannot be fitted */
  fit(y: Float64Array): void;
  /** @param level 0..1 */
  predict(horizon: number, level: number): { point: number[]; intervals?: { upper: number[] } };
  free(): void;
}

/** Parameters of Prophet's Stan model, in scaled units: y / max|y|, time from 0 (first period) to 1 (last). */
export interface ProphetParameters {
  /** Growth per unit of time. */
  k: number;
  /** Trend at time 0. */
  m: number;
  /** [changepoints] changes of the growth. */
  delta: Float64Array;
  /** [features] */
  beta: Float64Array;
  /** Standard deviation of the noise. */
  sigmaObs: number;
}

/** Prophet's own Stan model, compiled to WASM: maximum a posteriori estimates. */
export interface ProphetOptimizer {
  /** @param data the model's data block as JSON (see prophet-data.ts) */
  optimize(
    initial: ProphetParameters,
    data: string,
    options: { algorithm: 'lbfgs'; iter: number; seed: number },
  ): { params: ProphetParameters };
}

/** What is used of @bsull/augurs and @bsull/augurs-prophet-wasmstan. */
export interface AugursModules {
  /** MSTL with a non-seasonal ETS on what the season leaves; that ETS alone where the period is 1. */
  mstl(period: number): AugursForecaster;
  /** Loaded at its first use: it is four times as large as the rest. To be asked for again at every fit. */
  prophet(): Promise<ProphetOptimizer>;
}
