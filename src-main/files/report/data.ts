import type {
  CleaningEffects,
  EngineInfo,
  ForecastResult,
  ImportRecord,
  Note,
  Overview,
  RevenueChange,
  RfmSummary,
  SegmentMigration,
  SegmentProfiles,
  Settings,
} from '../../../src-shared/domain.ts';

/** What the screens show, as the report takes it; a part the data cannot carry is null and says why in words. */
export interface ReportData {
  settings: Settings;
  overview: Overview | null;
  rfm: RfmSummary | null;
  /** Why revenue changed, who moved, where acting pays: null where the data cannot say. */
  change: RevenueChange | null;
  migration: SegmentMigration | null;
  profiles: SegmentProfiles | null;
  forecast: ForecastResult | null;
  forecastRefusal: Note | null;
  imports: ImportRecord[];
  cleaning: CleaningEffects;
  engine?: EngineInfo;
  /** Seed of the forecast. */
  seed?: number;
  appVersion?: string;
}
