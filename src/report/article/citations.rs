//! Papers that are cited beyond those of the interval methods, which cite themselves.

pub(super) const ALLOCATION: &str = "Stenger & Gabler, Metrika 2005; 61: 137";
pub(super) const PERMANENT_NUMBERS: &str = "Ohlsson, in: Business Survey Methods 1995: 153";
pub(super) const WEIGHTING: &str = "Cochran, Sampling Techniques 1977, section 6.11";
pub(super) const POST_STRATIFYING: &str = "Holt & Smith, J R Stat Soc A 1979; 142: 33";
pub(super) const RESCALING: &str = "Rao & Wu, J Am Stat Assoc 1988; 83: 231";
pub(super) const HOMOGENEITY: &str = "Mehta & Patel, J Am Stat Assoc 1983; 78: 427";
pub(super) const LIMITS_OF_AGREEMENT: &str = "Bland & Altman, Stat Methods Med Res 1999; 8: 135";
pub(super) const HOLM: &str = "Holm, Scand J Stat 1979; 6: 65";
/// The reporting guideline of studies of diagnostic accuracy.
pub(in crate::report) const STARD: &str = "Bossuyt et al., BMJ 2015; 351: h5527 (STARD 2015)";
/// The reporting guideline of studies with routinely collected data.
pub(in crate::report) const RECORD: &str = "Benchimol et al., PLoS Med 2015; 12: e1001885 (RECORD)";
