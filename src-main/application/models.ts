import type { Parsed } from '../../src-shared/contract.ts';
import type { HandlerContext, MainHandler } from './handler.ts';

/** Trains on the present data, as a forecast would, and lets the data thread keep what was learned. */
async function trainAndKeep({ name, ...input }: Parsed<'model.save'>, { call, data, model, options }: HandlerContext) {
  const { filter, frequency, ...settings } = input;
  const series = await call('series.get', { filter, frequency }, options);
  const trained = await model.run('forecast.train', { series, settings }, { ...options, long: true });
  return data.run('model.keep', { name, input, trained }, options);
}

export const saveModel: MainHandler<'model.save'> = trainAndKeep;

/** Asks a stored forecaster; nothing is trained. */
export const predictWithModel: MainHandler<'model.predict'> = async ({ id, horizon }, { data, model, options }) => {
  const { trained } = await data.run('model.read', { id }, options);
  return model.run('forecast.answer', { trained, horizon }, options);
};

/** The same question anew, on the present data. */
export const retrainModel: MainHandler<'model.retrain'> = async ({ id }, context) => {
  const { name, input } = await context.data.run('model.read', { id }, context.options);
  return trainAndKeep({ ...input, name }, context);
};

/** Reads a model file, tries it, and keeps it only when it answers. */
export const importModel: MainHandler<'model.import'> = async ({ file }, { data, model, options }) => {
  const content = await data.run('model.readFile', { file }, options);
  await model.run('forecast.check', { trained: content.trained }, options);
  return data.run('model.adopt', content, options);
};
