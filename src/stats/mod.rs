//! Arithmetic that knows nothing of charts or registers.
