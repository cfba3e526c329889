import { useI18n } from 'vue-i18n';
import type { ForecastResult } from '../../src-shared/domain.ts';
import { useFormat } from './useFormat.ts';

/** What a forecast says, in plain sentences. */
export function useForecastText() {
  const { t } = useI18n();
  const format = useFormat();

  /** "Next 30 days: about …; 4 in 5 chance between … and …." */
  function sentence(result: ForecastResult): string {
    const { next, frequency } = result;
    return t('screen.forecast.sentence', {
      periods: t(`screen.forecast.next.${frequency}`, { n: format.value.number(next.periods) }),
      mean: format.value.money(next.mean),
      low: format.value.money(next.low80),
      high: format.value.money(next.high80),
    });
  }

  /** How far off forecasts like this one were. */
  function reliability(result: ForecastResult): string {
    const score = result.board.find((row) => row.chosen);
    if (!score || score.mape === null || !result.word) return t('screen.forecast.noBacktest');
    const word = t(`screen.forecast.word.${result.word}`);
    return t('screen.forecast.reliability', { mape: format.value.share(score.mape), word });
  }

  /** Compared with repeating last season. */
  function skill(result: ForecastResult): string {
    if (result.skill === null) return t('screen.forecast.skillUnknown');
    return result.skill > 0
      ? t('screen.forecast.skillBetter', { skill: format.value.share(result.skill) })
      : t('screen.forecast.skillNone');
  }

  /** What was mixed with which weight, and the closest single model; nothing for one model alone. */
  function members(result: ForecastResult): string {
    if (result.members.length < 2) return '';
    const names = result.members.map(({ name, weight }) =>
      t('screen.forecasting.member', { name, weight: format.value.share(Math.round(weight * 100) / 100) }),
    );
    const mixed = t('screen.forecasting.members', { members: names.join(', ') });
    return result.best ? `${mixed} ${t('screen.forecasting.best', { name: result.best.name })}` : mixed;
  }

  /** How often the bands held on past data. */
  function coverage({ backtest }: ForecastResult): string {
    if (backtest.coverage80 === null) return t('screen.forecast.coverageUnknown');
    return t('screen.forecast.coverage', {
      c80: format.value.share(backtest.coverage80),
      c95: format.value.share(backtest.coverage95),
      n: format.value.number(backtest.origins.length),
      steps: format.value.number(backtest.steps),
    });
  }

  return { sentence, reliability, skill, members, coverage };
}
