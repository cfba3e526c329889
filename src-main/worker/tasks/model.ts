/** The model thread's tasks: training, inference, reports. They read what they are handed and write nothing. */
import type { MethodsAt, Output, Parsed } from '../../../src-shared/contract.ts';
import type {
  ClusterComparison,
  ClusterResult,
  ClusterSettings,
  ForecastParts,
  ForecastResult,
  MadeFile,
  SalesSeries,
} from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { clusterCustomers, type FeatureTable } from '../../engine/customers/cluster-customers.ts';
import { fitValue, type ValueFits } from '../../engine/customers/lifetime/fit-value.ts';
import type { AugursModules } from '../../engine/forecasting/augurs-modules.ts';
import type { PurchaseHistory } from '../../engine/customers/lifetime/purchase-history.ts';
import { compareClusterings } from '../../engine/customers/compare-clusterings.ts';
import type { Runtimes } from '../../engine/forecasting/model.ts';
import { forecastParts, type PartSums } from '../../engine/forecasting/parts/forecast-parts.ts';
import { checkTrained } from '../../engine/forecasting/check-trained.ts';
import { forecastingModels } from '../../engine/forecasting/registry.ts';
import { runForecast } from '../../engine/forecasting/run-forecast.ts';
import { type ForecastContext, trainForecaster } from '../../engine/forecasting/train-forecaster.ts';
import { forecastFrom } from '../../engine/forecasting/forecast-from.ts';
import type { ForecastSettings, TrainedForecaster } from '../../engine/forecasting/trained-forecaster.ts';
import { makeReport, type ReportData } from '../../files/report/write-pdf.ts';
import type { Job } from '../job.ts';
import { loadAugurs } from '../augurs-engine.ts';
import type { ThreadStart } from '../messages.ts';
import { loadTrainingEngine, type TrainingEngine } from '../training-engine.ts';
import { explainTable } from './explain.ts';

/** What every model task may use; loaded at first use, so that a start does not wait for it. */
export type ModelContext = Runtimes;

const forecastContext = (context: ModelContext, { tick, pause }: Job): ForecastContext => ({
  tick,
  pause,
  now: () => performance.now(),
  ...context,
});

type ModelMethods = {
  [M in MethodsAt<'model'>]: (context: ModelContext, input: Parsed<M>, job: Job) => Output<M> | Promise<Output<M>>;
};

const modelTasks = {
  'engine.info': async (context: ModelContext, _input: Record<string, never>) => (await context.training()).info,
  'forecast.models': (_context: ModelContext, _input: Record<string, never>) =>
    forecastingModels.map(({ id, name, about, reference }) => ({ id, name, about, reference })),
  'customers.clusterTable': (
    _context: ModelContext,
    input: { table: FeatureTable; settings: ClusterSettings },
    job: Job,
  ): ClusterResult => clusterCustomers(input.table, input.settings, job),
  'customers.compareTable': (
    _context: ModelContext,
    input: { table: FeatureTable; settings: ClusterSettings },
    job: Job,
  ): ClusterComparison => compareClusterings(input.table, input.settings, job),
  'customers.explainTable': explainTable,
  'customers.fitValue': (
    _context: ModelContext,
    input: { history: PurchaseHistory; factor: number },
    job: Job,
  ): ValueFits => fitValue(input.history, input.factor, () => job.tick(0, null)),
  'forecast.series': (
    context: ModelContext,
    input: { series: SalesSeries; settings: ForecastSettings },
    job: Job,
  ): Promise<ForecastResult> => runForecast(input.series, input.settings, forecastContext(context, job)),
  'forecast.train': (
    context: ModelContext,
    input: { series: SalesSeries; settings: ForecastSettings },
    job: Job,
  ): Promise<TrainedForecaster> => trainForecaster(input.series, input.settings, forecastContext(context, job)),
  'forecast.answer': (
    _context: ModelContext,
    { trained, horizon }: { trained: TrainedForecaster; horizon: number | null },
  ): ForecastResult => forecastFrom(trained, horizon),
  'forecast.check': (_context: ModelContext, { trained }: { trained: TrainedForecaster }): void =>
    checkTrained(trained),
  'forecast.partsOf': (
    { training, augurs }: ModelContext,
    input: { sums: PartSums; total: ForecastResult; seed: number },
    job: Job,
  ): Promise<ForecastParts> =>
    forecastParts(input.sums, input.total, input.seed, {
      tick: job.tick,
      pause: job.pause,
      runtimes: { training, augurs },
    }),
  'report.render': async (
    _context: ModelContext,
    input: { data: ReportData; paper: 'A4' | 'Letter' },
    job: Job,
  ): Promise<MadeFile> => {
    const bytes = await makeReport(input.data, input.paper, job);
    return {
      fileName: 'salescope-report.pdf',
      mimeType: 'application/pdf',
      base64: Buffer.from(bytes).toString('base64'),
    };
  },
} satisfies ModelMethods & Record<string, unknown>;

export type ModelTasks = typeof modelTasks;

/** In safe mode a model that needs an engine says so, and the others go on without it. */
const noEngine = (): Promise<never> =>
  Promise.reject(
    new AppError(
      'engine-unavailable',
      'Salescope runs in safe mode, without its training engines. Leave safe mode by the bar above the page to use them again.',
    ),
  );

export function openModelRunner({ safe }: Pick<ThreadStart, 'safe'>) {
  let engine: Promise<TrainingEngine> | null = null;
  let augurs: Promise<AugursModules> | null = null;
  const context: ModelContext = {
    training() {
      engine ??= safe ? noEngine() : loadTrainingEngine();
      return engine;
    },
    augurs() {
      augurs ??= safe ? noEngine() : loadAugurs();
      return augurs;
    },
  };
  return async (task: string, input: unknown, job: Job): Promise<unknown> => {
    if (!Object.hasOwn(modelTasks, task))
      throw new AppError('unknown-method', `The model thread has no task "${task}".`);
    return modelTasks[task as keyof ModelTasks](context, input as never, job);
  };
}
