# What R says of the random inputs in a folder: Rscript peers.R FOLDER
# Reads proportions.csv, tables.csv, groups.csv and designs.csv; writes the same names with r_ before them. Empty: no answer.
suppressMessages(library(survey))
options(survey.lonely.psu = "adjust", warn = -1)
folder <- commandArgs(TRUE)[1]
read <- function(name) read.csv(file.path(folder, name))
answer <- function(name, rows) {
  table <- do.call(rbind, rows)
  numeric <- sapply(table, is.numeric)
  table[numeric] <- lapply(table[numeric], function(x) ifelse(is.finite(x), sprintf("%.17g", x), ""))
  write.csv(table, file.path(folder, paste0("r_", name)), row.names = FALSE, quote = FALSE)
}

# --- x of n: beta quantiles, binom.test, prop.test
limits <- function(one) {
  x <- one$x; n <- one$n; level <- 1 - 2 * one$tail
  beta <- function(a, b, lower.tail) qbeta(one$tail, a, b, lower.tail = lower.tail)
  row <- function(peer, method, interval)
    data.frame(peer, row = one$row, method, lower = interval[1], upper = interval[2])
  wilson <- function(correct) suppressWarnings(prop.test(x, n, conf.level = level, correct = correct)$conf.int)
  rbind(
    row("qbeta", "clopper_pearson",
        c(if (x == 0) 0 else beta(x, n - x + 1, TRUE), if (x == n) 1 else beta(x + 1, n - x, FALSE))),
    row("qbeta", "jeffreys",
        c(if (x == 0) 0 else beta(x + 0.5, n - x + 0.5, TRUE), if (x == n) 1 else beta(x + 0.5, n - x + 0.5, FALSE))),
    row("binom.test", "clopper_pearson", binom.test(x, n, conf.level = level)$conf.int),
    row("prop.test", "wilson", wilson(FALSE)),
    row("prop.test", "wilson_cc", wilson(TRUE)))
}
proportions <- read("proportions.csv")
answer("proportions.csv", lapply(split(proportions, proportions$row), limits))

# --- two-by-two tables: exact tests
tests <- function(one) {
  row <- function(peer, test, p) data.frame(peer, row = one$row, test, p)
  table <- matrix(c(one$tp, one$fp, one$fn, one$tn), 2)
  rbind(
    row("fisher.test", "homogeneity", fisher.test(table)$p.value),
    row("binom.test", "mcnemar", if (one$fp + one$fn == 0) 1 else binom.test(one$fp, one$fp + one$fn)$p.value))
}
tables <- read("tables.csv")
answer("tables.csv", lapply(split(tables, tables$row), tests))

# --- several groups: the exact test of homogeneity
groups <- read("groups.csv")
answer("groups.csv", lapply(split(groups, groups$row), function(one)
  data.frame(row = one$row[1], p = fisher.test(rbind(one$x, one$n - one$x), workspace = 2e7)$p.value)))

# --- stratified designs: a record for each reviewed one
records <- function(design) {
  of <- function(h) {
    s <- design[h, ]
    counts <- with(s, c(tp, fp, fn, tn, seen_yes - tp - fp, seen_no - fn - tn, reviewed - seen_yes - seen_no))
    kind <- rep(1:7, counts)
    data.frame(stratum = rep(s$stratum, length(kind)), N = rep(s$population, length(kind)),
               w = rep(s$population / s$reviewed, length(kind)), kind)
  }
  all <- do.call(rbind, lapply(seq_len(nrow(design)), of))
  all$register <- c("yes", "yes", "no", "no", "yes", "no", "neither")[all$kind]
  is <- function(...) as.numeric(all$kind %in% c(...))
  cbind(all, sensitivity_x = is(1), sensitivity_d = is(1, 3), specificity_x = is(4), specificity_d = is(2, 4),
        ppv_x = is(1), ppv_d = is(1, 2), npv_x = is(4), npv_d = is(3, 4), accuracy_x = is(1, 4), accuracy_d = is(1:4),
        prevalence_reference_x = is(1, 3), prevalence_reference_d = is(1:4),
        prevalence_register_x = is(1, 2), prevalence_register_d = is(1:4),
        prevalence_difference_x = is(2) - is(3), prevalence_difference_d = is(1:4))
}

# Strata that are calibrated by themselves: at least five reviewed of each register status that the frame has.
own <- function(design) {
  seen <- with(design, cbind(seen_yes, seen_no, reviewed - seen_yes - seen_no))
  frame <- with(design, cbind(frame_yes, frame_no, population - frame_yes - frame_no))
  design$stratum[rowSums(frame > 0 & seen < 5) == 0]
}

# The frame's counts in the cells that the weights are calibrated to.
totals <- function(design, by_itself) {
  of <- function(s) {
    cell <- paste(if (s$stratum %in% by_itself) s$stratum else "all", c("yes", "no", "neither"))
    data.frame(cell, Freq = c(s$frame_yes, s$frame_no, s$population - s$frame_yes - s$frame_no))
  }
  sum <- aggregate(Freq ~ cell, do.call(rbind, lapply(seq_len(nrow(design)), function(h) of(design[h, ]))), sum)
  sum[sum$Freq > 0, ]
}

measures <- c("sensitivity", "specificity", "ppv", "npv", "prevalence_reference", "prevalence_register",
              "prevalence_difference", "accuracy")
estimates <- function(design, weights, fpc, survey) {
  ratio <- function(measure) svyratio(reformulate(paste0(measure, "_x")), reformulate(paste0(measure, "_d")), survey)
  do.call(rbind, lapply(measures, function(measure) {
    r <- tryCatch(ratio(measure), error = function(e) NULL)
    se <- if (is.null(r)) NA else SE(r)[[1]]
    data.frame(design, weights, fpc, measure, estimate = if (is.null(r)) NA else coef(r)[[1]], se)
  }))
}

# A register status of the frame that nobody reviewed has: survey prints it and stops.
quietly <- function(calibrated) {
  capture.output(result <- tryCatch(calibrated, error = function(e) NULL))
  result
}

of_design <- function(design) {
  number <- design$design[1]
  design <- design[design$reviewed > 0, ]
  records <- records(design)
  out <- list()
  for (fpc in c("on", "off")) {
    # Without the correction a stratum of one course still has nothing to vary.
    records$size <- if (fpc == "on") records$N else ifelse(records$N == 1, 1, Inf)
    for (weights in c("plain", "frame", "strata")) {
      by_itself <- if (weights == "strata") own(design) else integer()
      records$cell <- paste(ifelse(records$stratum %in% by_itself, records$stratum, "all"), records$register)
      survey <- svydesign(ids = ~1, strata = ~stratum, weights = ~w, fpc = ~size, data = records)
      if (weights != "plain")
        survey <- quietly(postStratify(survey, ~cell, totals(design, by_itself)))
      out[[paste(fpc, weights)]] <- estimates(number, weights, fpc, survey)
    }
  }
  do.call(rbind, out)
}
designs <- read("designs.csv")
answer("designs.csv", lapply(split(designs, designs$design), of_design))
cat(R.version.string, ", survey ", as.character(packageVersion("survey")), "\n", sep = "")
