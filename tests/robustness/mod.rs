//! What happens to the store when things go wrong.
