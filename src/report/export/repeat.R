
# --- everything below is the same for every study
arguments <- commandArgs(FALSE)
script <- sub("^--file=", "", grep("^--file=", arguments, value = TRUE))
folder <- if (length(script)) dirname(gsub("~+~", " ", script, fixed = TRUE)) else "."
read <- function(name) read.csv(file.path(folder, name), colClasses = "character", na.strings = "", encoding = "UTF-8")
courses <- read("confidential-courses.csv")
strata <- read("confidential-strata.csv")
strata$N_frame <- as.numeric(strata$N_frame)
tail <- (1 - level) / 2
options(survey.lonely.psu = if (lonely == "refuse") "certainty" else lonely)

# The score of tp, fp, fn and tn; NA is not in the denominator.
scores <- list(
  sensitivity = c(1, NA, 0, NA), specificity = c(NA, 0, NA, 1), ppv = c(1, 0, NA, NA), npv = c(NA, NA, 0, 1),
  prevalence_reference = c(1, 0, 1, 0), prevalence_register = c(1, 1, 0, 0),
  prevalence_difference = c(0, 1, -1, 0), accuracy = c(1, 0, 0, 1))

estimate <- function(id, measure) {
  indicator <- indicators[[id]]
  # The courses that count in n_h: whose chart was read.
  one <- courses[!is.na(courses[[indicator$weight]]), ]
  answer <- function(R = NA, se = NA, df = NA, n = NA, limits = c(NA, NA))
    data.frame(indicator = id, measure, estimate = R, se, df, n_effective = n, lower = limits[1], upper = limits[2])
  score <- scores[[measure]][match(one[[indicator$cell]], c("tp", "fp", "fn", "tn"))]
  one$d <- as.numeric(!is.na(score))
  one$x <- ifelse(is.na(score), 0, score)
  d <- sum(one$d)
  if (d == 0) return(answer(df = 0))

  # --- estimate and standard error: package survey
  one$w <- as.numeric(one[[indicator$weight]])
  one$N <- as.numeric(one$N_frame)
  one$n <- ave(one$N, one$stratum, FUN = length)
  stopifnot(all.equal(one$w, one$N / one$n))
  one$size <- if (fpc) one$N else ifelse(one$N == 1, 1, Inf)
  merged <- FALSE
  if (!is.null(indicator$post)) one$post <- one[[indicator$post[1]]]
  design <- svydesign(ids = ~1, strata = ~stratum, weights = ~w, fpc = ~size, data = one)
  if (!is.null(indicator$post) && !all(is.na(one$post))) {
    # A status that nobody reviewed has: only some strata can be calibrated, which survey does not do.
    if (anyNA(one$post)) return(answer())
    totals <- unique(data.frame(post = one$post, Freq = as.numeric(one[[indicator$post[2]]])))
    design <- postStratify(design, ~post, totals)
    merged <- any(grepl("not yes", one$post))
  }
  ratio <- svyratio(~x, ~d, design)
  R <- coef(ratio)[[1]]
  V <- SE(ratio)[[1]]^2
  # What should be 0 is some 1e-17 of a standard error.
  if (V < 1e-28) V <- 0
  w <- weights(design)
  D <- sum(w * one$d)

  # --- degrees of freedom: strata that can contribute variance, and no more than d - 1
  sizes <- unique(one[c("stratum", "N", "n")])
  df <- min(sum((sizes$n - 1)[sizes$n > 1 & !(fpc & sizes$n == sizes$N)]), d - 1)
  if (lonely == "refuse" && any(sizes$n == 1 & sizes$N > 1)) return(answer(R, df = df))

  # --- complete: every course of the frame that can belong to the denominator is reviewed and answered
  told <- !(one[[indicator$cell]] %in% c("not_documented", "unsettled", "not_stored"))
  count <- function(rows) as.vector(table(factor(one$stratum[rows], strata$stratum)))
  frame_yes <- as.numeric(strata[[indicator$frame[1]]])
  frame_no <- if (merged) strata$N_frame - frame_yes else as.numeric(strata[[indicator$frame[2]]])
  known <- switch(measure, ppv = frame_yes, npv = frame_no, rep(NA, nrow(strata)))
  whole <- count(rep(TRUE, nrow(one))) == strata$N_frame & count(told) == strata$N_frame
  complete <- fpc && all(whole | (!is.na(known) & known == count(one$d == 1)))
  if (V == 0 && complete) return(answer(R, 0, df, limits = c(R, R)))
  by_weights <- if (measure == "prevalence_difference") NA else min(d, D^2 / sum(w^2 * one$d))
  if (df == 0) return(answer(R, sqrt(V), df, if (V == 0) by_weights else NA))

  # --- limits
  t <- qt(1 - tail, df)
  if (measure == "prevalence_difference") {
    limits <- if (V > 0) c(max(-1, R - t * sqrt(V)), min(1, R + t * sqrt(V))) else c(NA, NA)
    return(answer(R, sqrt(V), df, limits = limits))
  }
  cap <- if (fpc) d / max(0, 1 - d / D) else d
  n <- if (V > 0) min(cap, R * (1 - R) / V * (qt(1 - tail, d - 1) / t)^2) else by_weights
  x <- n * R
  limits <- switch(method,
    korn_graubard = c(if (R == 0) 0 else qbeta(tail, x, n - x + 1), if (R == 1) 1 else qbeta(1 - tail, x + 1, n - x)),
    wilson = (x + t^2 / 2 + c(-1, 1) * t * sqrt(x * (n - x) / n + t^2 / 4)) / (n + t^2),
    logit = if (R == 0 || R == 1) c(NA, NA) else
      plogis(qlogis(R) + c(-1, 1) * t * sqrt(if (V > 0) V else R * (1 - R) / n) / (R * (1 - R))))
  answer(R, sqrt(V), df, n, limits)
}

table <- do.call(rbind, lapply(names(indicators), function(id)
  do.call(rbind, lapply(indicators[[id]]$measures, function(measure) estimate(id, measure)))))
shown <- c("estimate", "se", "n_effective", "lower", "upper")
table[shown] <- lapply(table[shown], function(column) ifelse(is.na(column), "NA", sprintf("%.8f", column)))
cat("n_effective, lower and upper: ", method, ", level ", level, "; NA: not estimable or not defined\n", sep = "")
options(width = 200)
print(table, row.names = FALSE)
