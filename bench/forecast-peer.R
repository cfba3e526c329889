# R's thetaf, ets and auto.arima on the series of bench/forecast.ts: Rscript forecast-peer.R file.json every
# Prints one JSON line of the same columns: sMAPE 0-200, MASE (m = 12), coverage of 80/95 % bands, CPU ms a series.
suppressMessages({library(forecast); library(jsonlite)})
given <- commandArgs(trailingOnly = TRUE)
list_of_series <- fromJSON(given[1], simplifyDataFrame = FALSE)
sample <- list_of_series[seq(1, length(list_of_series), by = as.integer(given[2]))]
m <- 12
methods <- list(thetaf = function(y, h) thetaf(y, h = h, level = c(80, 95)),
                ets = function(y, h) forecast(ets(y), h = h, level = c(80, 95)),
                auto.arima = function(y, h) forecast(auto.arima(y), h = h, level = c(80, 95)))
smape_of <- function(y, f) { size <- abs(y) + abs(f); mean(ifelse(size == 0, 0, 200 * abs(y - f) / size)) }
measure <- function(method) {
  smape <- mase <- numeric(0); inside <- c(0, 0); points <- 0; failures <- 0
  cpu <- system.time(for (one in sample) {
    x <- as.numeric(one$x); y <- as.numeric(one$xx)
    f <- tryCatch(suppressWarnings(method(ts(x, frequency = if (length(x) >= 2 * m) m else 1), length(y))), error = function(e) NULL)
    if (is.null(f)) { failures <- failures + 1; next }
    lag <- if (length(x) > m) m else 1
    scale <- mean(abs(diff(x, lag)))
    smape <- c(smape, smape_of(y, as.numeric(f$mean)))
    if (scale > 0) mase <- c(mase, mean(abs(y - as.numeric(f$mean))) / scale)
    for (i in 1:2) inside[i] <- inside[i] + sum(y >= f$lower[, i] & y <= f$upper[, i])
    points <- points + length(y)
  })
  list(smape = mean(smape), mase = mean(mase), coverage80 = inside[1] / points, coverage95 = inside[2] / points,
       cpuMs = 1000 * (cpu[["user.self"]] + cpu[["sys.self"]]) / length(sample), series = length(sample), failures = failures)
}
cat(toJSON(lapply(methods, measure), auto_unbox = TRUE, digits = 10), "\n")
