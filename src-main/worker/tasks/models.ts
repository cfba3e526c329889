/** Saved models: kept, listed, handed over as files, taken in from files. */
import { readFile, stat } from 'node:fs/promises';
import type { Parsed } from '../../../src-shared/contract.ts';
import type { MadeFile, SavedModel } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import type { TrainedForecaster } from '../../engine/forecasting/trained-forecaster.ts';
import { largestModelFile, type ModelContent, parseModelFile, writeModelFile } from '../../files/model-file.ts';
import {
  deleteModel,
  findModelRow,
  insertModel,
  listModelRows,
  readModelState,
  type StoredModel,
} from '../../store/saved-models.ts';
import { version } from '../../version.ts';
import { seriesFingerprint } from '../series-fingerprint.ts';
import type { Session } from '../session.ts';
import { series } from './series.ts';

type ModelInput = ModelContent['input'];

/** What the list shows of a model without opening its state. */
interface ModelSummary
  extends Pick<SavedModel, 'model' | 'modelName' | 'members' | 'periods' | 'firstDay' | 'lastDay' | 'mase' | 'wape'> {
  /** Fingerprint of the series it learned from. */
  sha256: string;
}

function summaryOf(trained: TrainedForecaster): ModelSummary {
  const { series: history, chosen, chosenName, members, board } = trained;
  const score = board.find(({ id }) => id === chosen);
  return {
    model: chosen,
    modelName: chosenName,
    members: members.map(({ id, name, weight }) => ({ id, name, weight })),
    periods: history.dates.length,
    firstDay: history.dates[0],
    lastDay: history.lastDay ?? history.dates[history.dates.length - 1],
    mase: score?.mase ?? null,
    wape: score?.wape ?? null,
    sha256: seriesFingerprint(history),
  };
}

/** Fingerprint of the present series of a question; null where it has no data any more. */
function presentReader(session: Session): (input: ModelInput) => string | null {
  const known = new Map<string, string | null>();
  const read = ({ filter, frequency }: ModelInput): string | null => {
    try {
      return seriesFingerprint(series(session, { filter, frequency }));
    } catch (error) {
      if (error instanceof AppError && error.code === 'no-data') return null;
      throw error;
    }
  };
  return (input) => {
    const key = JSON.stringify([input.filter, input.frequency]);
    if (!known.has(key)) known.set(key, read(input));
    return known.get(key)!;
  };
}

function infoOf(row: StoredModel, present: (input: ModelInput) => string | null): SavedModel {
  const input = JSON.parse(row.input) as ModelInput;
  const { sha256, ...summary } = JSON.parse(row.summary) as ModelSummary;
  const { id, name, savedAt, appVersion, bytes } = row;
  const { filter, frequency, horizon } = input;
  const stale = present(input) !== sha256;
  return { id, name, savedAt, filter, frequency, horizon, ...summary, bytes, appVersion, stale };
}

function requireModel({ store }: Session, id: number): StoredModel {
  const row = findModelRow(store, id);
  if (!row) throw new AppError('not-found', `There is no saved model ${id}. It may have been removed.`, { id });
  return row;
}

/** Keeps a forecaster of a model file as it was saved elsewhere. */
export function adoptModel(session: Session, { name, savedAt, appVersion, input, trained }: ModelContent): SavedModel {
  const { store, dataVersion } = session;
  const summary = summaryOf(trained);
  const model = {
    ...{ savedAt, appVersion, dataVersion },
    name: name || `${summary.modelName}, ${summary.lastDay}`,
    input: JSON.stringify(input),
    summary: JSON.stringify(summary),
  };
  const id = session.store.transaction(() => insertModel(store, model, trained));
  return infoOf(requireModel(session, id), presentReader(session));
}

/** Keeps a forecaster that was trained here and now. */
export const keepModel = (session: Session, model: Pick<ModelContent, 'name' | 'input' | 'trained'>): SavedModel =>
  adoptModel(session, { ...model, savedAt: new Date().toISOString(), appVersion: version });

/** A saved model with all it learned. @throws AppError 'not-found' */
export function readModel(session: Session, { id }: { id: number }): Pick<ModelContent, 'name' | 'input' | 'trained'> {
  const { name, input } = requireModel(session, id);
  return { name, input: JSON.parse(input), trained: readModelState<TrainedForecaster>(session.store, id) };
}

/** Saved models, newest first. */
export const listModels = (session: Session): SavedModel[] => {
  const present = presentReader(session);
  return listModelRows(session.store).map((row) => infoOf(row, present));
};

/** A saved model as a file. @throws AppError 'not-found' */
export function exportModel(session: Session, { id }: Parsed<'model.export'>): MadeFile {
  const { savedAt, appVersion } = requireModel(session, id);
  return writeModelFile({ ...readModel(session, { id }), savedAt, appVersion });
}

/**
 * What a model file holds; nothing is kept yet.
 * @throws AppError 'file-not-readable', 'file-not-understood', 'file-too-new'
 */
export const readModelFile = async (_session: Session, { file }: Parsed<'model.import'>): Promise<ModelContent> =>
  parseModelFile(await textOf(file), file.name);

async function textOf({ path, name }: Parsed<'model.import'>['file']): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size <= largestModelFile) return await readFile(path, 'utf8');
  } catch (error) {
    throw new AppError('file-not-readable', `"${name}" cannot be read: ${(error as Error).message}.`, { name });
  }
  throw new AppError(
    'file-not-understood',
    `"${name}" is larger than a model file can be (${largestModelFile / 1e6} MB).`,
    { name },
  );
}

/** Deletes a saved model. @throws AppError 'not-found' */
export function removeModel(session: Session, { id }: Parsed<'model.remove'>): { removed: number } {
  requireModel(session, id);
  return { removed: session.store.transaction(() => deleteModel(session.store, id)) };
}
