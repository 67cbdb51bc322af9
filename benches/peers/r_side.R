# What R does with the shared data: for each line on standard input, which names a piece of work, a line of JSON with the
# time of one go (`ns`), what it is a time of (`units`) and what came out (`values`). Reading the data is not timed.
suppressMessages({ library(survey); library(boot) })
folder <- commandArgs(TRUE)[1]
read <- function(name) read.csv(file.path(folder, name))

done <- function(units, work, values = identity) {
  start <- proc.time()[["elapsed"]]
  precise <- Sys.time()
  made <- work()
  seconds <- as.numeric(difftime(Sys.time(), precise, units = "secs"))
  stopifnot(abs(proc.time()[["elapsed"]] - start - seconds) < 1)  # The clock was not set meanwhile.
  values <- sprintf("%.17g", as.numeric(unlist(values(made))))
  cat(sprintf('{"ns": %.0f, "units": %d, "values": [%s]}\n', seconds * 1e9, units, paste(values, collapse = ", ")))
}

exact <- function() {
  p <- read("proportions.csv")
  work <- function() rbind(qbeta(0.025, p$x, p$n - p$x + 1), qbeta(0.025, p$x + 1, p$n - p$x, lower.tail = FALSE))
  done(nrow(p), work)
}

tables <- function(count) {
  suppressMessages(library(epiR))
  all <- as.matrix(read("tables.csv"))[seq_len(count), , drop = FALSE]
  of <- function(row) epi.tests(all[row, c("tp", "fp", "fn", "tn")], method = "exact", conf.level = 0.95)$detail
  done(count, function() lapply(seq_len(count), of), function(found) lapply(found, function(detail)
    t(as.matrix(detail[match(c("se", "sp", "pv.pos", "pv.neg"), detail$statistic), c("est", "lower", "upper")]))))
}

records <- function() {
  bytes <- readBin(file.path(folder, "small.bin"), "integer", 1e6, size = 1, signed = FALSE)
  rows <- matrix(bytes, ncol = 11, byrow = TRUE)
  sizes <- read("small.strata.csv")
  h <- rows[, 1] + 1
  list(stratum = h, cells = rows[, -1], N = sizes$frame[h], w = (sizes$frame / sizes$reviewed)[h])
}

weighted <- function() {
  r <- records()
  columns <- list(stratum = r$stratum, N = r$N)
  for (j in 1:10) {
    columns[[paste0("x", j)]] <- as.numeric(r$cells[, j] == 0)
    columns[[paste0("d", j)]] <- as.numeric(r$cells[, j] %in% c(0, 2))
  }
  design <- svydesign(ids = ~1, strata = ~stratum, fpc = ~N, data = as.data.frame(columns))
  of <- function(j) svyratio(reformulate(paste0("x", j)), reformulate(paste0("d", j)), design)
  done(10, function() lapply(1:10, of), function(found) lapply(found, function(one) c(coef(one), SE(one))))
}

# Weighted one-hot cells: TP, FP, FN and TN of the first indicator, then of the next.
weighted_cells <- function(r) r$w * do.call(cbind, lapply(1:10, function(j) outer(r$cells[, j], 0:3, `==`)))
four <- function(totals) {
  t <- matrix(totals, nrow = 4)
  rbind(t[1, ] / (t[1, ] + t[3, ]), t[4, ] / (t[4, ] + t[2, ]), t[1, ] / (t[1, ] + t[2, ]), t[4, ] / (t[4, ] + t[3, ]))
}
deviations <- function(replicates) apply(replicates, 2, sd)

# As boot's manual has it: the statistic of the resampled rows.
usual <- function(replicates) {
  r <- records(); cells <- weighted_cells(r)
  work <- function() boot(cells, function(data, i) four(colSums(data[i, ])), replicates, strata = r$stratum)$t
  done(replicates, work, deviations)
}

# The fastest we could write: boot's resampling, all frequencies times the cells in one product.
best <- function(replicates) {
  r <- records(); cells <- weighted_cells(r)
  work <- function() {
    places <- boot:::index.array(nrow(cells), replicates, "ordinary", r$stratum)
    times <- matrix(tabulate(row(places) + replicates * (places - 1L), length(places)), replicates)
    totals <- array(times %*% cells, c(replicates, 4, 10))
    tp <- totals[, 1, ]; fp <- totals[, 2, ]; fn <- totals[, 3, ]; tn <- totals[, 4, ]
    aperm(array(c(tp / (tp + fn), tn / (tn + fp), tp / (tp + fp), tn / (tn + fn)), c(replicates, 10, 4)), c(1, 3, 2))
  }
  done(replicates, work, function(found) deviations(matrix(found, replicates)))
}

bca <- function(replicates) {
  r <- records(); cells <- weighted_cells(r)[, 1:4]
  made <- boot(cells, function(data, i) { t <- colSums(data[i, ]); t[1] / (t[1] + t[3]) }, replicates, strata = r$stratum)
  done(1, function() boot.ci(made, type = "bca"), function(found) c(found$t0, found$bca[4:5]))
}

work <- list(qbeta = exact, epiR = tables, survey = weighted, boot.usual = usual, boot.best = best, boot.ci = bca)
set.seed(20261122)
input <- file("stdin", "r")
while (length(line <- readLines(input, 1)) > 0) {
  words <- strsplit(line, " ")[[1]]
  do.call(work[[words[1]]], as.list(as.numeric(words[-1])))
}
