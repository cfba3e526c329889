export const notesForecast = {};
