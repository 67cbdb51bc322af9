//! Every message that a study can give, as the user reads it.
