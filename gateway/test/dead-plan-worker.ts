throw new Error("This thread never starts.");
