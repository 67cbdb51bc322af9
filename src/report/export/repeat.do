
* --- everything below is the same for every study
set more off
set varabbrev off
set linesize 120
capture program drop repeat_one
program define repeat_one
    * The score of tp, fp, fn and tn; . is not in the denominator. yes, no: the register's courses of the frame.
    args id cell weight measure tp fp fn tn yes no post postframe
    quietly {
        use "confidential-courses.dta", clear
        * The courses that count in n_h: whose chart was read.
        keep if !missing(`weight')
        generate double score = cond(`cell' == 1, `tp', cond(`cell' == 2, `fp', cond(`cell' == 3, `fn', cond(`cell' == 4, `tn', .))))
        generate byte in_d = !missing(score)
        generate double in_x = cond(in_d, score, 0)
        count if in_d
        scalar d = r(N)
        if scalar(d) == 0 {
            noisily display as result "`id'" _column(24) "`measure'" _column(48) "not estimable"
            exit
        }

        * --- estimate and standard error: svy: ratio
        egen long stratum_number = group(stratum)
        bysort stratum_number: generate long n = _N
        * Rates alone: svyset refuses a mixture of rates and sizes, and 1 is a rate, also as the size of a stratum of one course.
        * Without the correction such a stratum still has nothing to vary; all others have as good as none of their frame.
        generate double rate = cond($fpc, n / N_frame, cond(N_frame == 1, 1, 1e-15))
        generate double w = `weight'
        local calibrated ""
        local merged 0
        if "`post'" != "" {
            count if `post' == ""
            if r(N) == 0 {
                egen long post_number = group(`post')
                local calibrated "poststrata(post_number) postweight(`postframe')"
                bysort post_number: egen double estimated = total(w)
                replace w = w * `postframe' / estimated
                count if strpos(`post', "not yes") > 0
                local merged = r(N) > 0
            }
            else if r(N) < _N {
                noisily display as result "`id'" _column(24) "`measure'" _column(48) "only some strata can be calibrated: not repeated"
                exit
            }
        }
        svyset _n [pweight = `weight'], strata(stratum_number) fpc(rate) singleunit($lonely) `calibrated'
        svy: ratio (in_x / in_d)
        matrix estimate = e(b)
        matrix variance = e(V)
        scalar R = estimate[1, 1]
        scalar V = variance[1, 1]
        * What should be 0 is some 1e-17 of a standard error.
        if scalar(V) < 1e-28 scalar V = 0
        generate double w_d = w * in_d
        generate double w2_d = w^2 * in_d
        summarize w_d, meanonly
        scalar D = r(sum)
        summarize w2_d, meanonly
        scalar W2 = r(sum)

        * --- degrees of freedom: strata that can contribute variance, and no more than d - 1
        egen byte first = tag(stratum_number)
        generate long free = cond(first & n > 1 & !($fpc & n == N_frame), n - 1, 0)
        summarize free, meanonly
        scalar df = min(r(sum), scalar(d) - 1)
        count if first & n == 1 & N_frame > 1
        scalar refused = $refuse & r(N) > 0

        * --- complete: every course of the frame that can belong to the denominator is reviewed and answered
        generate byte one = 1
        generate byte told = !inlist(`cell', .b, .e, .j)
        collapse (sum) one told in_d, by(stratum)
        merge 1:1 stratum using "confidential-strata.dta", nogenerate
        foreach counted in one told in_d {
            replace `counted' = 0 if missing(`counted')
        }
        generate double known = .
        if "`measure'" == "ppv" replace known = `yes'
        if "`measure'" == "npv" replace known = cond(`merged', N_frame - `yes', `no')
        count if !((one == N_frame & told == N_frame) | (known == in_d & !missing(known)))
        scalar complete = $fpc & r(N) == 0
        * From here on there are scalars alone: the name of a variable would go before theirs.
        drop _all
    }

    * --- limits
    scalar tail = (1 - $level) / 2
    scalar difference = ("`measure'" == "prevalence_difference")
    scalar t = invttail(df, tail)
    scalar cap = cond($fpc, cond(d < D, d / (1 - d / D), .), d)
    scalar n = cond(V > 0, min(cap, R * (1 - R) / V * (invttail(d - 1, tail) / t)^2), min(d, D^2 / W2))
    scalar x = n * R
    scalar kg_lower = cond(R == 0, 0, invibeta(x, n - x + 1, tail))
    scalar kg_upper = cond(R == 1, 1, invibeta(x + 1, n - x, 1 - tail))
    scalar wilson_lower = (x + t^2 / 2 - t * sqrt(x * (n - x) / n + t^2 / 4)) / (n + t^2)
    scalar wilson_upper = (x + t^2 / 2 + t * sqrt(x * (n - x) / n + t^2 / 4)) / (n + t^2)
    scalar logit_step = t * sqrt(cond(V > 0, V, R * (1 - R) / n)) / (R * (1 - R))
    scalar logit_lower = cond(R == 0 | R == 1, ., invlogit(logit(R) - logit_step))
    scalar logit_upper = cond(R == 0 | R == 1, ., invlogit(logit(R) + logit_step))
    scalar t_lower = cond(V > 0, max(-1, R - t * sqrt(V)), .)
    scalar t_upper = cond(V > 0, min(1, R + t * sqrt(V)), .)
    scalar lower = cond(difference, t_lower, ${method}_lower)
    scalar upper = cond(difference, t_upper, ${method}_upper)
    scalar none = refused | (df == 0 & !(V == 0 & complete))
    scalar lower = cond(none, ., cond(V == 0 & complete, R, lower))
    scalar upper = cond(none, ., cond(V == 0 & complete, R, upper))
    scalar se = cond(refused, ., sqrt(V))
    * --- the end of the limits
    display as result "`id'" _column(24) "`measure'" _column(48) %11.8f R %12.8f se %6.0f df %12.8f lower %12.8f upper
end
